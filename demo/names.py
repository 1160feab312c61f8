"""Names for invented people. Surnames are rare or made up, so that nobody finds a colleague's name here by intent."""

from typing import NamedTuple


class Pool(NamedTuple):
    """Names that go together: `share` of the people (percent), affinities and languages its people may tell of, drawn
    figures by pronoun, given names by pronoun, surnames."""

    share: int
    affinities: tuple[str, ...]
    languages: tuple[str, ...]
    figures: dict[str, str]
    given: dict[str, str]
    surnames: str


POOLS = {
    "plain": Pool(
        38, ("white",), ("de", "fr", "it", "pl", "el"), {"she": "dh", "he": "fb", "they": "hb"},
        {"she": "Abigail Adele Allison Amelia Astrid Beatrice Bridget Caroline Cecily Charlotte Clara Colleen Cordelia Daphne "
                "Deirdre Della Edith Eleanor Eliza Esme Fern Fiona Frances Georgia Greta Gwen Harriet Hazel Heidi Imogen Ingrid "
                "Iris Isolde Jane Joanna Josephine June Kirsten Laurel Leonie Lillian Lorna Louisa Lydia Mabel Margot Marian "
                "Matilda Maeve Meredith Mira Nell Nora Odette Olive Ottilie Pauline Philippa Phoebe Ramona Rosalind Rowena "
                "Saskia Sheila Sigrid Susannah Sylvie Tabitha Theodora Thea Ursula Verity Vivian Wilhelmina Winifred",
         "he": "Abel Alistair Ambrose Anders Arlo Asher August Barnaby Benedict Bram Callum Caspian Cosmo Cyrus Desmond Edmund "
               "Elias Emmett Everett Ezra Felix Finn Gareth Gideon Graham Hugh Ian Jasper Julian Lachlan Leander Linus Lionel "
               "Magnus Miles Nathaniel Nicholas Oliver Oscar Otis Percival Quentin Reuben Rupert Silas Simon Stellan Tobias "
               "Theo Tomasz Wendell Wesley",
         "they": "Ainsley Arden Briar Ellis Emerson Harlow Indigo Lennox Marlowe Merritt Onyx Perrin Quinn Reed River Robin "
                 "Rowan Sage Sloane Wren"},
        "Abernough Aldercott Ambergate Ashgrove Bellwether Birchfield Blackmere Bramblewood Brightwater Brookhart Calderon-Hale "
        "Candlewick Castellane Clearwell Coppersmith Cornwallis Dovecote Driftmark Eastlake Elmsworth Evenbright Fairbourne "
        "Fallowfield Farthing Fennimore Foxglove Gallowhill Glasswell Goldfinch Greyling Hallowell Harrowgate Hartsough "
        "Hawksmoor Hazelrigg Heatherington Hollinrake Honeychurch Inglewood Ironwood Ivesdale Juniper Kestrel Kingsolve "
        "Lakeholm Lambourne Lanternby Larkspur Lindqvist Lockridge Longfellow Loxley Marchbanks Meadowcroft Merriweather "
        "Millbrand Moorcroft Mossgrove Netherby Norwell Oakhollow Orchardson Ostergaard Pemberwell Penhaligon Pinewood "
        "Plumtree Quillfeather Ravenscroft Redmayne Ridgeway Rosethorn Rushmere Saltmarsh Sandpiper Silverlock Skylark "
        "Solvane Sparrowhawk Starling Stillwater Stonebridge Summerlake Swallowfield Tanglewood Thistlewood Thornbury "
        "Tidewater Trelawney Underhill Vantoren Waverly Weatherby Westerlund Whitlock Wildgoose Willoughby Wintle Woodsworth "
        "Yarrowby Zeller-Voss",
    ),
    "black": Pool(
        14, ("black",), ("fr", "ht", "yo", "am"), {"she": "c", "he": "i", "they": "i"},
        {"she": "Abena Adaeze Adwoa Aaliyah Amina Ayanna Camille Chidinma Denise Ebony Efua Eshe Folake Gabrielle Imani Ivory "
                "Jada Jocelyn Kehinde Keisha Latoya Makeda Monique Naomi Nia Nkechi Ottessa Renee Rochelle Safiya Simone Sojourner "
                "Tamika Tanisha Temperance Thandiwe Yvonne Zainab Zora",
         "he": "Babatunde Cedric Chike Darnell Desta Dwayne Emeka Isaiah Jabari Jerome Kofi Kwame Langston Lamar Malcolm Marcus "
               "Obadiah Olu Reginald Roland Solomon Terrence Tunde Xavier",
         "they": "Ade Dakari Imari Lake Kirabo Sol"},
        "Abiara Adeyinkan Akinwole Amoakan Baptiste-Rey Birdsong Boatengard Broadnax Clemonde Dawkinsley Desrosiers Dubignon "
        "Ekwenza Fontaineau Freemantle Gadsdenfield Gethrow Haywardine Igbokwele Jeanlouis Kimbrelle Kwartengis Lightfoot "
        "Mbahnson Mensahby Merrittson Nwandiku Obianwe Odukoyan Okafundi Okonwara Osagyan Pettigrove Prioleau Rivermoss "
        "Sankofield Songhale Strothers Tesfalem Toussard Vassell Wadlington Wainwrighte Yeboanim",
    ),
    "latine": Pool(
        17, ("latine",), ("es", "es", "es", "pt"), {"she": "ae", "he": "fb", "they": "b"},
        {"she": "Adriana Alma Amparo Ana Beatriz Carmen Catalina Celia Consuelo Dolores Elena Esperanza Estela Flor Graciela "
                "Guadalupe Ines Isabela Itzel Jimena Lourdes Lucia Lupe Marisol Marta Mercedes Milagros Noemi Paloma Paz Pilar "
                "Rocio Rosario Soledad Socorro Valentina Ximena Xochitl Yolanda",
         "he": "Alejandro Andres Anselmo Bernardo Cristobal Diego Efrain Emiliano Esteban Fernando Gael Ignacio Joaquin Leandro "
               "Mateo Nestor Octavio Rafael Ramiro Raul Santiago Teodoro Tomas Vicente",
         "they": "Cruz Guadal Luz Noe Paz Sol"},
        "Alborada Almenarez Arboleda Arroyoseco Barrancas Belmontes Camposol Candelero Carrascal Cielobravo Cienfuegos "
        "Colindres Corazal Delmar-Ruiz Encinal Escalera Esperilla Fontanares Fuentecilla Girasol Golondrina Herrerosa Jacaranda "
        "Lagunas-Pei Limonero Llanoverde Luceros Madrugal Manzanares Marigold Mirasol Montealba Moradillo Naranjo-Vale Nocedal "
        "Olmedilla Palomares Peñaflor Piedralta Quintanal Ramosierra Ribazul Robledano Rosalinda Salvatierra Sauceda "
        "Serenales Solórzan Tierrasanta Trigales Valdeluz Veracruzan Villasol Zarzamora",
    ),
    "asian_east": Pool(
        8, ("asian",), ("cmn", "yue", "ko", "ja", "vi", "tl", "hmn"), {"she": "e", "he": "b", "they": "h"},
        {"she": "Aiko Akemi Bao Chau Daeun Eunji Grace Hana Haruka Hoa Huong Jia Jiwoo Kiyomi Lan Ligaya Linh Mai Mei Mina Minh "
                "Naomi Noriko Pa Qing Reina Sachiko Soojin Sora Thuy Tuyet Xia Yuki Yuna",
         "he": "Akira Andrew Bayani Daniel Dat Haruto Hiro Jae Joon Kai Kenji Khoa Leo Minjun Nam Quan Ren Rizal Sung Takeshi "
               "Thanh Wei Yao",
         "they": "Jin Hao Kim Rei Tuan"},
        "Aokawara Baekhwan Banh-Ellery Bulosanto Chaozhen Dalisayan Dinhmore Fujimori-Lane Fukuhara Gaoshan Hanabira "
        "Hayashida Hoangvale Hwangbo Inazuma Jeonghwa Kangwoo Kawabe Laohavang Lianghe Lim-Oakes Linghu Macaraeg Magsaysayan "
        "Minamoto Moriyasu Nagatani Namgoong Ngo-Fairley Ouyang Phanlock Pyeonghwa Quachlan Ryuzaki Sakuragi Seongmin "
        "Shangguan Songbird Takemori Tanglao Thaovang Tongzhou Tranholm Umemoto Vuong-Hale Xiongwei Yamashiro Yangtse Zhouling",
    ),
    "asian_south": Pool(
        7, ("asian",), ("hi", "gu", "pa", "ta", "te", "bn", "ur"), {"she": "ea", "he": "f", "they": "b"},
        {"she": "Amrita Anjali Anoushka Devika Divya Ishani Jasleen Kavita Keerthi Lakshmi Leela Madhuri Mallika Meera Nandini "
                "Nasreen Padma Pooja Priya Radhika Rukmini Sarita Shabnam Shreya Sunita Tara Uma Vasanthi Zeenat",
         "he": "Aditya Arjun Ashwin Dev Farhan Harpreet Imran Jagdeep Karthik Kiran Mohan Naveen Omkar Pranav Rohan Samir "
               "Tariq Vikram",
         "they": "Akash Jyoti Kiran Noor"},
        "Acharyan Banerjolly Bhattamore Chandrapal Chatterleigh Dasguptan Deshwal Dhaliwar Ganapathi Ghoshal Grewalia "
        "Iyengaran Jaisinghani Kalrani Krishnavel Lakhanpal Malhotrin Menonara Mirchandale Mukhopal Nambiaran Oberoian "
        "Palanivel Pillaimore Qureshan Raghunath-Lee Ramaswani Rangarel Sabharwel Saxenya Sengupthe Sundarajan Talwarin "
        "Thiruvel Upadhyan Varadhan Venkatesan-Roe Wadhwani",
    ),
    "mena": Pool(
        6, ("mena",), ("ar", "fa", "prs", "hy", "he"), {"she": "ge", "he": "fb", "they": "b"},
        {"she": "Amal Anahit Azadeh Dalia Darya Farah Farida Fatima Hala Hanan Huda Laleh Layla Leila Maryam Mina Nadia Noor "
                "Nour Parisa Rana Rima Roya Salma Samira Shirin Soraya Yasmin Zahra Ziba",
         "he": "Amir Ara Bahram Cyrus Dariush Elias Faris Habib Idris Jamil Kamran Karim Nabil Omid Rafi Rashid Sami Tigran "
               "Yusuf Ziad",
         "they": "Nur Sahar Shay"},
        "Abdelrahim-Fox Alhaddadi Almasri-Bly Ansarian Aramian Azarmehr Baghdasaran Behzadi Darvishan Daoudian Elkhoury "
        "Fanousi Farhadian Ghorbane Habibzade Hakimelahi Jaziri Kanaanite Karimpour Khalilabad Kouyoumdji Lahoudian Makhloufi "
        "Mardirosi Moradzade Najjarian Navabi Nightingale Omidvar Qasimian Rahmanour Saffarian Salehpour Shamsabadi Tabriziani "
        "Yacoubian Zamaniyan Zeitouni",
    ),
    "indigenous": Pool(
        3, ("indigenous",), ("nv",), {"she": "a", "he": "b", "they": "b"},
        {"she": "Aiyana Dena Doli Haseya Kaya Leotie Nizhoni Shanna Tayen Winona Yanaba",
         "he": "Ahiga Delmar Elan Hastiin Kele Leland Niyol Takoda Vernon Wade",
         "they": "Bly Halona Kele"},
        "Bluehouse Cedarface Clearcreek Dawnwalker Eaglestaff Firethunder Highhorse Littlemoon Longreed Manychildren Northwind "
        "Redwillow Riverstone Silversmith Standingcloud Tallgrass Todacheeny Whitebuffalo Yellowtree",
    ),
    "jewish_slavic": Pool(
        7, ("white",), ("ru", "uk", "he", "pl"), {"she": "dh", "he": "fb", "they": "h"},
        {"she": "Aviva Bela Dalia Dina Ester Galina Hadassah Ilana Irina Judith Katya Lena Ludmila Malka Marina Miriam Nadezhda "
                "Oksana Polina Raisa Rivka Ruth Shira Sofiya Tamar Tova Vera Yael Zofia Zuzana",
         "he": "Aleksy Ari Avram Boris Dov Eitan Gavriel Ilya Jakub Lev Mendel Mikhail Natan Noam Pavel Shmuel Stanislav Yakov",
         "they": "Adi Lior Noa Sasha Tal"},
        "Abramowicz-Lee Adlerstein Birnbaumer Blumgarten Borodinsky Cherniak Czernowitz Dubnikov Eisenberger Fajerman Goldenrod "
        "Gorodetz Halpernik Ilyinsky Jablonowski Kaganoff Kalinowy Koralnik Lewandow Lindenfeld Mandelroth Morgenroth "
        "Nachtigal Ostrovsky-Hill Perlmutter Podolsky Rabinovar Rosenthorn Rubinstern Sapirstein Shapirovich Sokolenko "
        "Tannenwald Umanskaya Vaynerman Weissblum Wolkowicz Yarmolenko Zhytomyr Zilberman-Ash",
    ),
}  # fmt: skip
