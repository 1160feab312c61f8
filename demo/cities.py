"""Cities of each state with a practice or more, the larger first, and how many people live there (millions)."""

PEOPLE = {
    "AL": 5.1, "AK": 0.73, "AZ": 7.4, "AR": 3.1, "CA": 39.0, "CO": 5.9, "CT": 3.6, "DE": 1.0, "DC": 0.68, "FL": 22.6,
    "GA": 11.0, "HI": 1.4, "ID": 2.0, "IL": 12.5, "IN": 6.9, "IA": 3.2, "KS": 2.9, "KY": 4.5, "LA": 4.6, "ME": 1.4,
    "MD": 6.2, "MA": 7.0, "MI": 10.0, "MN": 5.7, "MS": 2.9, "MO": 6.2, "MT": 1.1, "NE": 2.0, "NV": 3.2, "NH": 1.4,
    "NJ": 9.3, "NM": 2.1, "NY": 19.6, "NC": 10.8, "ND": 0.78, "OH": 11.8, "OK": 4.05, "OR": 4.2, "PA": 13.0, "RI": 1.1,
    "SC": 5.4, "SD": 0.92, "TN": 7.1, "TX": 30.5, "UT": 3.4, "VT": 0.65, "VA": 8.7, "WA": 7.8, "WV": 1.8, "WI": 5.9,
    "WY": 0.58,
}  # fmt: skip

# What an hour costs there, against the country.
DEAR = {"CA": 1.15, "NY": 1.15, "MA": 1.12, "DC": 1.15, "WA": 1.1, "NJ": 1.1, "CT": 1.08, "CO": 1.05, "IL": 1.05, "MD": 1.05,
        "AL": 0.9, "AR": 0.85, "MS": 0.82, "WV": 0.82, "OK": 0.88, "KY": 0.9, "LA": 0.9, "SD": 0.88, "NM": 0.92, "IA": 0.9}  # fmt: skip

CITIES = {
    "AL": "Birmingham, Huntsville, Montgomery, Mobile, Tuscaloosa, Auburn",
    "AK": "Anchorage, Fairbanks, Juneau, Wasilla",
    "AZ": "Phoenix, Tucson, Mesa, Scottsdale, Tempe, Flagstaff, Chandler, Prescott, Yuma",
    "AR": "Little Rock, Fayetteville, Fort Smith, Jonesboro, Conway",
    "CA": "Los Angeles, San Diego, San Jose, San Francisco, Sacramento, Oakland, Fresno, Long Beach, Pasadena, Berkeley, "
          "Santa Rosa, Riverside, Irvine, Santa Barbara, Bakersfield, Davis, Santa Cruz, Redding, San Luis Obispo, Modesto",
    "CO": "Denver, Colorado Springs, Boulder, Fort Collins, Aurora, Pueblo, Grand Junction, Durango",
    "CT": "Hartford, New Haven, Stamford, Middletown, Norwich, Danbury",
    "DE": "Wilmington, Newark, Dover, Lewes",
    "DC": "Washington",
    "FL": "Miami, Orlando, Tampa, Jacksonville, Saint Petersburg, Gainesville, Tallahassee, Fort Lauderdale, Sarasota, "
          "Fort Myers, Pensacola, West Palm Beach, Hialeah, Ocala",
    "GA": "Atlanta, Decatur, Savannah, Athens, Augusta, Macon, Columbus, Marietta, Roswell",
    "HI": "Honolulu, Hilo, Kailua, Wailuku",
    "ID": "Boise, Meridian, Idaho Falls, Pocatello, Nampa, Moscow",
    "IL": "Chicago, Evanston, Naperville, Springfield, Peoria, Champaign, Rockford, Oak Park, Carbondale, Joliet",
    "IN": "Indianapolis, Fort Wayne, Bloomington, South Bend, Evansville, Lafayette, Muncie",
    "IA": "Des Moines, Iowa City, Cedar Rapids, Ames, Davenport, Dubuque",
    "KS": "Wichita, Overland Park, Lawrence, Topeka, Manhattan",
    "KY": "Louisville, Lexington, Bowling Green, Owensboro, Covington",
    "LA": "New Orleans, Baton Rouge, Lafayette, Shreveport, Lake Charles",
    "ME": "Portland, Bangor, Brunswick, Lewiston",
    "MD": "Baltimore, Silver Spring, Columbia, Frederick, Annapolis, Rockville, Salisbury",
    "MA": "Boston, Cambridge, Worcester, Northampton, Somerville, Lowell, Springfield, New Bedford",
    "MI": "Detroit, Ann Arbor, Grand Rapids, Lansing, Kalamazoo, Royal Oak, Traverse City, Flint, Marquette",
    "MN": "Minneapolis, Saint Paul, Duluth, Rochester, Mankato, Saint Cloud",
    "MS": "Jackson, Hattiesburg, Oxford, Gulfport, Tupelo",
    "MO": "Saint Louis, Kansas City, Columbia, Springfield, Jefferson City, Cape Girardeau",
    "MT": "Missoula, Billings, Bozeman, Helena, Great Falls",
    "NE": "Omaha, Lincoln, Kearney, Grand Island",
    "NV": "Las Vegas, Reno, Henderson, Carson City",
    "NH": "Manchester, Concord, Portsmouth, Keene, Nashua",
    "NJ": "Newark, Jersey City, Princeton, Montclair, New Brunswick, Hoboken, Cherry Hill, Red Bank, Camden",
    "NM": "Albuquerque, Santa Fe, Las Cruces, Gallup, Farmington",
    "NY": "New York, Brooklyn, Buffalo, Rochester, Albany, Syracuse, Ithaca, Bronx, Yonkers, Kingston, White Plains, "
          "Binghamton, Staten Island, Plattsburgh",
    "NC": "Charlotte, Raleigh, Durham, Asheville, Greensboro, Chapel Hill, Wilmington, Hickory, Boone",
    "ND": "Fargo, Bismarck, Grand Forks, Minot",
    "OH": "Columbus, Cleveland, Cincinnati, Dayton, Toledo, Akron, Athens, Youngstown",
    "OK": "Oklahoma City, Tulsa, Norman, Stillwater, Lawton",
    "OR": "Portland, Eugene, Bend, Salem, Corvallis, Medford",
    "PA": "Philadelphia, Pittsburgh, Harrisburg, Lancaster, State College, Erie, Bethlehem, Scranton, Reading, York",
    "RI": "Providence, Warwick, Newport, Pawtucket",
    "SC": "Charleston, Columbia, Greenville, Spartanburg, Rock Hill, Beaufort",
    "SD": "Sioux Falls, Rapid City, Brookings, Aberdeen",
    "TN": "Nashville, Memphis, Knoxville, Chattanooga, Murfreesboro, Johnson City",
    "TX": "Houston, Austin, San Antonio, Dallas, Fort Worth, El Paso, Denton, Round Rock, Lubbock, Waco, Plano, Brownsville, "
          "Corpus Christi, College Station, Tyler, San Marcos, Amarillo, Laredo, Galveston",
    "UT": "Salt Lake City, Provo, Ogden, Logan, Saint George",
    "VT": "Burlington, Montpelier, Brattleboro, Rutland",
    "VA": "Richmond, Arlington, Alexandria, Norfolk, Charlottesville, Virginia Beach, Roanoke, Fairfax, Blacksburg",
    "WA": "Seattle, Spokane, Tacoma, Bellingham, Olympia, Vancouver, Yakima, Walla Walla",
    "WV": "Charleston, Morgantown, Huntington, Wheeling",
    "WI": "Milwaukee, Madison, Green Bay, Eau Claire, La Crosse, Appleton",
    "WY": "Cheyenne, Laramie, Casper, Jackson",
}  # fmt: skip
