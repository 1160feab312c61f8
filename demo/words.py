"""What invented supervisors say of themselves: phrases for vocabulary terms, and sentences with places for them.

{s} and {s2} are specialties, {p} and {p2} clients, {t} a setting, {m} an approach, {city} a city, {years} a number.
"""

SPECIALTY = {
    "addiction": "addiction", "adhd": "ADHD", "adjustment": "life transitions", "adoption": "adoption and foster care",
    "anger": "anger", "anxiety": "anxiety", "attachment": "attachment", "autism": "autism", "bipolar": "bipolar disorders",
    "body-image": "body image", "burnout": "burnout", "caregiving": "caregiving", "child-behavior": "child behavior",
    "chronic-illness": "chronic illness", "crisis": "crisis and suicidality", "depression": "depression",
    "dissociation": "dissociation", "divorce": "divorce", "domestic-violence": "intimate partner violence",
    "eating-disorders": "eating disorders", "family-conflict": "family conflict", "fertility": "pregnancy loss",
    "first-responders": "first-responder stress", "gender-identity": "gender identity", "grief": "grief",
    "identity-development": "identity", "immigration": "immigration", "infidelity": "infidelity", "insomnia": "sleep",
    "moral-injury": "moral injury", "neurodivergence": "neurodivergence", "ocd": "OCD", "oncology": "serious illness",
    "panic": "panic", "parenting": "parenting", "perinatal": "the perinatal year", "personality": "personality disorders",
    "psychosis": "psychosis", "racial-trauma": "racial trauma", "relationships": "couples", "religious-trauma": "faith transitions",
    "school": "school difficulty", "self-harm": "self-harm", "sexual-abuse": "sexual abuse", "sexuality": "sexuality",
    "social-anxiety": "social anxiety", "stress": "stress", "trauma": "trauma", "complex-trauma": "complex trauma",
    "veterans": "veterans’ concerns", "workplace": "conflict at work",
}  # fmt: skip
POPULATION = {
    "children": "children", "teens": "teens", "young-adults": "young adults", "adults": "adults", "older-adults": "older adults",
    "couples": "couples", "families": "families", "groups": "groups", "college-students": "college students",
    "lgbtqia": "LGBTQIA+ clients", "trans-nonbinary": "trans and nonbinary clients", "bipoc": "clients of color",
    "immigrants": "immigrants and refugees", "veterans": "veterans and their families", "first-responders": "first responders",
    "health-workers": "health workers", "clergy": "clergy", "unhoused": "people without housing",
    "justice-involved": "people leaving prison", "rural": "rural families", "survivors": "survivors", "perinatal": "new parents",
    "disabled": "disabled clients", "infants": "infants and their parents",
}  # fmt: skip
SETTING = {
    "private-practice": "private practice", "group-practice": "group practice", "community": "community mental health",
    "school": "schools", "university": "a college counseling center", "hospital": "hospitals", "primary-care": "primary care",
    "residential": "residential treatment", "iop-php": "intensive outpatient programs", "substance-program": "substance use programs",
    "hospice": "hospice", "child-welfare": "child welfare", "correctional": "corrections", "va-military": "the VA",
    "telehealth": "telehealth", "nonprofit": "nonprofits", "crisis-line": "crisis services",
}  # fmt: skip
MODALITY = {
    "acceptance-commitment": "ACT", "adlerian": "Adlerian work", "art-therapy": "art therapy", "attachment-based": "attachment-based work",
    "brainspotting": "brainspotting", "cbt": "CBT", "cpt": "CPT", "compassion-focused": "compassion-focused work", "dbt": "DBT",
    "eclectic": "integrative work", "emdr": "EMDR", "eft": "emotionally focused work", "erp": "exposure work",
    "existential": "existential work", "feminist": "feminist practice", "gestalt": "Gestalt", "gottman": "the Gottman method",
    "humanistic": "humanistic work", "ifs": "parts work", "interpersonal": "interpersonal work", "liberation": "liberation practice",
    "mindfulness": "mindfulness-based work", "motivational": "motivational interviewing", "multicultural": "multicultural practice",
    "narrative": "narrative work", "pcit": "PCIT", "person-centered": "person-centered work", "play": "play therapy",
    "polyvagal": "polyvagal-informed work", "prolonged-exposure": "prolonged exposure", "psychodynamic": "psychodynamic work",
    "relational": "relational work", "sand-tray": "sand tray", "schema": "schema therapy", "sensorimotor": "sensorimotor work",
    "solution-focused": "solution-focused work", "somatic": "somatic work", "strengths-based": "strengths-based work",
    "structural-family": "structural family work", "systemic": "systems work", "tf-cbt": "trauma-focused CBT",
    "trauma-informed": "trauma-informed care",
}  # fmt: skip
LANGUAGE = {"es": "Spanish", "de": "German", "fr": "French", "it": "Italian", "pl": "Polish", "el": "Greek", "ht": "Haitian Creole",
            "yo": "Yoruba", "am": "Amharic", "pt": "Portuguese", "cmn": "Mandarin", "yue": "Cantonese", "ko": "Korean",
            "ja": "Japanese", "vi": "Vietnamese", "tl": "Tagalog", "hmn": "Hmong", "hi": "Hindi", "gu": "Gujarati", "pa": "Punjabi",
            "ta": "Tamil", "te": "Telugu", "bn": "Bengali", "ur": "Urdu", "ar": "Arabic", "fa": "Farsi", "prs": "Dari",
            "hy": "Armenian", "he": "Hebrew", "nv": "Navajo", "ru": "Russian", "uk": "Ukrainian"}  # fmt: skip
STYLES = ("developmental", "discrimination", "reflective", "person-centered", "psychodynamic", "cognitive-behavioral", "systemic",
          "seven-eyed", "solution-focused", "feminist-multicultural", "competency", "live-recorded", "directive", "collaborative",
          "exam-prep", "business")  # fmt: skip

HEADLINES = """
I supervise slowly at first: a month to learn how you think, then we look at how you work with {s}.
Bring the case you would rather not bring. That is usually the hour that helps.
After {years} years in {t}, I still learn most from the session that went sideways.
I want you to leave each hour with one thing to try and one thing to stop doing.
Supervision for people who work with {p} and want to think about {s} without hurrying.
I was supervised well once, in a basement office in {city}, and I am trying to pass it on.
Good notes, clear plans, and room to say that you did not know what to do.
My part is to help you hear what you already noticed in the room.
I came to this work from {t}, and I keep one foot there so that my advice stays honest.
We look at your work with {p}, and at what it does to you on the drive home.
Careful with {s}, plain about paperwork, easy to reach on a bad day.
I teach {m} by doing it with you: role-play, tape, and a second try.
You will know by the third month what I think you do well and what comes next.
I like a question better than an answer, and I know when you need the answer.
For clinicians who are the only one at their site: you should not have to guess alone.
I hold the frame firmly and the conversation loosely.
{s_cap} and {s2} are most of my week, and I am glad to think about yours.
I supervise from {m}, and I am at home with people who do not.
A calm hour with an agenda, and ten minutes at the end for whatever is left.
If you work with {p}, your caseload will look like mine did for {years} years.
We write down what you are learning, so that the board’s form is the easy part.
I ask about culture, power and money early, because your clients do.
Half of my supervisees came from {t}. The other half wanted to know how to leave it.
I believe in tape: hearing yourself for ten minutes teaches more than an hour of my stories.
Steady supervision for the long middle of your hours, when nobody claps.
I help new clinicians find a way of working that sounds like them.
I take {s} seriously and myself somewhat less so.
Your ethics questions are welcome on the day they come up, not the week after.
I moved from {t} to private practice, and I can tell you what I would keep.
I care how you close a session, and how you close a week.
Supervision that treats {p} as people first and a treatment plan second.
We begin with your strengths, because you will need them for the rest.
I am direct. I am also on your side, and you will be able to tell.
I make room for silence, and for the case that follows you home.
My supervisees learn to say what they are doing and why, in two sentences.
I work with people who came to this as a second career, as I did.
For those learning {m}: we practice it here before you need it there.
I want you to pass the exam, and to like the work you passed it for.
I have sat with {p} for {years} years, and the work still surprises me.
You bring the tape or the transcript; I bring curiosity and a pencil.
I supervise across difference and say so when I miss something.
A place to think about {s} with someone who has been wrong about it before.
I like the first year: everything is new, and the questions are honest.
We keep an eye on hours, consent and scope, so that you can keep yours on the client.
I help clinicians in {t} do good work inside systems that make it hard.
Clear goals each quarter, and feedback in both directions.
I trained in {m} in {city}, and what I use most is still patience.
You can expect that I read what you send, and that I remember it.
My door to this work was {s}. It taught me to slow down.
I keep supervision about the work and leave the rest to your own therapist, kindly.
""".strip().splitlines()

BACKGROUND = """
I have been licensed for {years} years and spent most of them in {t}. I started supervising when a colleague’s supervisor moved away, and found that I liked it more than I expected.
My first job was in {t}, where I carried sixty cases and learned to write a note in six minutes. I left with good friends and a strong opinion about caseloads.
I came to {city} for one year of training and stayed. My practice is mostly {p}, with {s} at the center of it.
For {years} years I have divided my week between {t} and supervision. The two keep one another honest.
I trained in {m} and have practiced it long enough to know where it does not fit.
Before this I taught middle school, which turned out to be good preparation for {s}.
I work with {p}, and I consult to two clinics on {s}. Supervision is the part of the week I would keep if I had to choose.
I grew up an hour from {city}, left for graduate school, and came back to work where I knew the bus lines.
My background is in {t}. I know what a productivity target does to a Thursday afternoon, and we can talk about that too.
I have supervised since my own supervisor retired and asked me to take two of his people. Some of them supervise now themselves.
I spent ten years in {t} and then opened a small practice. About a third of my clients come for {s}.
I am a generalist by habit and a specialist in {s} by accident: the clinic needed someone, and I stayed with it.
Most of what I know about {s} I learned from {p}, and the rest from people who told me plainly when I was off.
I direct a training program two days a week and see clients on the others. I like to stay close to the work I am asking you to do.
I was a social service worker for a decade before I was a therapist. Systems do not frighten me, and forms do not either.
My practice is small on purpose. I keep three places for supervisees, so that I know your caseload nearly as well as you do.
I have worked in {t} and in private practice, in that order, and I help people decide whether they want to do the same.
I specialize in {s} and {s2}, and I have sat on an ethics committee for long enough to have heard most things once.
My clinical home is {m}. I read outside it on purpose.
I have worked with {p} in three states, and have the old renewal notices to show for it.
I began in {t} at twenty-four and did everything wrong that a person can do kindly. It left me patient with beginners.
I came to {s} through research and stayed for the people. I still like a good measure, used lightly.
I worked nights in {t} for four years. It taught me how to be calm, and that sleep is clinical equipment.
I run a practice of four clinicians near {city}. We share a kitchen, a printer, and a habit of asking one another.
""".strip().splitlines()

METHOD = """
An hour usually goes like this: ten minutes for what is urgent, thirty for one case in depth, and the rest for you.
We watch short pieces of your recorded sessions, with consent, and stop often. You choose the piece.
I use a simple form for goals, which we fill in together each quarter and change when it stops being true.
I teach by asking first. When asking would waste your time, I just tell you.
I like role-play more than most people do. We keep it short and nobody has to perform.
We keep a running list of your cases, so that the quiet ones get their turn.
You send three lines the day before. I read them, and we begin in the middle.
I move between teacher, consultant and sounding board, and I will say which one I am being.
I look at parallel process when it is useful and leave it alone when it is only clever.
We use {m} as a shared language, and translate when your client speaks another.
Every sixth week we look at how supervision itself is going, in both directions.
I will ask about culture and power as a matter of course, my own included.
I ask for one recording a month. The first one is uncomfortable and the third one is not.
We rehearse hard conversations: the missed payment, the mandated report, the last session.
I keep notes on what we decide, and you get a copy the same day.
I will not tell you what I would do until you have told me what you were about to do.
We read a little: an article a month, chosen in turn, discussed in ten minutes.
I pay attention to documentation, because your license is written in it.
When you are stuck I will ask what the client would say about it, and then what your body says about it.
We set aside the last hour of each month for everything that is not a case: site, money, exam, rest.
I observe live when your site allows it, from a chair in the corner or a muted square on the screen.
I use the discrimination model loosely: skill, understanding, and you as a person, in that order on most days.
""".strip().splitlines()

PRACTICAL = """
Between hours you can reach me by phone for ten minutes when it cannot wait. Crisis follows your site’s protocol, and we write that down first.
I answer messages on weekdays, usually the same day.
I ask supervisees to stay for six months at least; most stay until they are licensed.
I sign hours on the first of each month, so that no one is chasing a form in year two.
Please bring your site’s description of your role, so that we begin on the same page.
If we are not a good match I will say so early and help you find another supervisor.
I take two weeks off in August and arrange cover.
I cannot supervise relatives, former clients or anyone I employ; the board is right about that.
My fee is reviewed once a year, in January, with two months’ notice.
I am glad to talk with your site supervisor when you want me to.
We will write an agreement before the first counted hour and keep to it.
You keep your own log, and I check it against mine each month.
I help with exam preparation in the last half year, at no extra charge.
The office is up one step, with a ramp at the side door; online is always possible where the board allows it.
I speak plainly about money, including yours. Starting salaries are hard, and we can plan around that.
I keep one reduced place for people in public service.
A missed hour can be made up in the same month when my calendar allows.
I do not charge for the intro call, for reference letters, or for the board’s forms.
""".strip().splitlines()

LINE_WHAT = """
A weekly hour on {s}, with time for the cases that are not about {s} at all.
For clinicians with a caseload of {p}, at any point in their hours.
{s_cap} and {s2}: the cases that stay on your mind after five o’clock.
Supervision from {m}, for those who use it or want to.
One case in depth each time, chosen by you the day before.
Made for people working in {t}, where the schedule is never yours.
We work from recordings: ten minutes of tape, forty of thinking.
A steady hour for your first year with {p}.
For the second year, when the questions get larger.
Your work with {p}, your notes, and your plan for the exam.
Close supervision on {s}, from someone who has seen it in {t}.
Learn {m} case by case, with practice in the hour.
A thinking hour for people who carry many cases of {s}.
Structured supervision: goals each quarter, feedback each month.
For those leaving {t} and building something of their own.
Case consultation and license supervision with an eye on {s2}.
Room for {p}, for you, and for what happens between the two.
Supervision with a map: where you are in your hours and what comes next.
{m_cap} in plain words, then in your own.
A calm place for crisis-heavy caseloads with {p}.
Work on {s} with attention to culture and power.
For clinicians who are the only one of their kind at their site.
An hour that begins with the hardest case and ends with the easiest.
Careful, practical supervision on {s} and the ethics around it.
We look at how you begin, how you end, and what you do with silence.
For new clinicians in {t} who would like to last there.
A place for the cases you inherit, with {s} among them.
For people who see {p} and {p2} and switch between them all day.
Reflective supervision on {s}, with the theory kept in the drawer.
Skills first: assessment, planning and {m}, practiced out loud.
Ethics, documentation and {s2}, in that order when it has to be.
From {t} to your first independent caseload, one week at a time.
Supervision for those drawn to {s} and tired by it.
Sessions on {p}, with ten minutes kept for the person who sees them.
For those who like to think in systems and work with {p}.
A slow look at one session a week, line by line.
Your caseload, sorted: who needs what, and who needs you to wait.
Work with {p} from the first phone call to the last session.
An hour for clinicians learning to stay with {s}.
Supervision that uses {m} on the work itself.
""".strip().splitlines()

LINE_HOW = """
You leave with one thing to try.
I read what you send beforehand.
Tape welcome, never required.
We keep your log current as we go.
Exam preparation in the last half year.
Ten minutes by phone between hours when it cannot wait.
Agreement written before the first counted hour.
We look at the form together each month.
Clear feedback, in both directions.
Starts with a plan for your hours.
I sign on the first of the month.
Reduced place for public service.
No charge for letters and forms.
Good for a first supervisor, or a second one.
I like beginners’ questions.
Role-play in small doses.
Evenings, so that your site need not know the details of your calendar.
Six months at least, then we look again.
We talk about money and rest too.
Transfers mid-way are welcome.
I will tell you early if we are not a match.
Notes the same day.
You choose the pace; I keep the frame.
Site visits by arrangement.
Quiet room, good chairs, no clock in view.
One article a month, ten minutes each.
Your site supervisor is welcome to call me.
Culture is on the agenda from the first hour.
We rehearse the conversations you dread.
A written summary every quarter.
Direct, kind, and on time.
I answer messages on weekdays.
Cover arranged when I am away.
Parallel process when it helps, not when it is clever.
We start on the hour and end on it.
Missed hours are made up within the month.
Live observation where your site allows it.
Your strengths get as much time as your slips.
Consent forms and scope are part of it.
Questions of the day go first.
""".strip().splitlines()

DYAD_WHAT = """
Two associates, one hour and a half: you present in turn and learn from both.
A dyad for people who want company and still want depth.
Two of you and a pot of tea: one case each, every time.
Shared supervision on {s}, for two who do not mind being seen.
A pair at about the same stage, working with {p}.
Half the fee, most of the attention, and a colleague for life.
You and one other, both learning {m}.
Two supervisees from different sites, so that you hear how else it is done.
A dyad with a plan: your case one week, your colleague’s the next.
For two clinicians in {t} who would otherwise compare notes in the parking lot.
Two chairs for people who think better aloud, mostly about {s2}.
A pair for the year before the exam.
""".strip().splitlines()

GROUP_WHAT = """
{n_cap} associates, one long table, a case on it at every meeting.
A consultation group on {s}, reading transcripts slowly.
{n_cap} clinicians who see {p} and would like to compare notes.
A group for people working in {t}.
Case presentation in turn, with the presenter’s question on the board.
We take one case and stay with it for the whole meeting.
A reading and practice group on {m}.
For clinicians who carry a lot of {s} and should not carry it alone.
A group that notices how it works while it works.
{n_cap} chairs, two cases a meeting, and a rule about advice: ask first.
Skills practice on {m}: watch, try, try again.
A working group for the first two years with {p}.
Ethics cases, real and anonymous, one each time.
A group of colleagues from different sites, so that no one’s clinic is the topic.
Reflecting team on your work with {p}.
Ninety minutes on {s2}, with time to arrive first.
A quiet group: one case, four questions, no speeches.
{n_cap} clinicians at different stages; the second-years help the first.
For those building a practice beside their hours.
Process first, then the case, then what you will do on Monday.
A standing group on crisis and what it leaves behind.
We watch short recordings of work with {p}, with consent and kindness.
Group supervision from {m}, at a table that argues politely.
A meeting place for clinicians far from one another who share {s}.
Two presentations, one theme a season: this one is {s}.
A group for therapists of {p}, with the culture of the room in view.
{n_cap} associates from school, clinic and practice.
The last half year before the exam, together.
A consultation circle on {s2} with a fixed order of speaking.
Slow case work for people in fast places such as {t}.
""".strip().splitlines()

GROUP_HOW = """
Each of you presents every {turn} meeting.
Bring two pages, leave with one question.
The order of presenting is fixed for the season.
Joins any time there is a chair.
We begin with a round and end with a round.
Names and details stay out; the work stays in.
Minutes of what was learned, never of who said it.
One absence in six is free.
New members join at the turn of the season.
Handouts a week ahead, never long.
Everyone speaks; nobody has to present in the first month.
We stop on time.
A second facilitator twice a year.
Feedback is asked for before it is given.
Cameras on, phones away.
Coffee is there ten minutes before.
A short piece of reading each month.
We talk about how the group is going every eighth meeting.
The presenter goes quiet after twenty minutes and listens.
Members run the last meeting of each season.
Good beside an individual hour.
You can visit once before deciding.
We keep the same chairs and change the topics.
No slides.
""".strip().splitlines()

GROUP_TITLES = """
The Thursday Table|Second Cup|The Long Table|Plain Speaking|The Back Porch Group|First Light|Case and Coffee|The Listening Hour
The Slow Case|Two Pages|The Green Room|Kitchen Table Consultation|The Round|Halfway There|The Reading Room|Notes and Questions
The North Window|Open Chairs|The Middle Year|Common Ground|The Lunch Table|The Quiet Group|What Happened Next|The Work Bench
Third Space|The Harbor Group|Sidewalk to Session|The Lamp Is On|Hours Together|The Practice Room|Better Questions|Still Learning
The Front Room|Between Sessions|The Evening Round|Field Notes|One Case Deep|The Crossing|Early Birds|The Stairwell
Tape and Tea|The Wide View|Small Circle|The Consulting Table|The Bench by the Window|After Hours|Second Look|The Turn-Taking Group
The Sounding Board|Night School|The Porch Light|Ordinary Time|The Long Middle|Beginner’s Mind|The Commons|The Hearth
Rough Drafts|The Switchyard|The Ferry|The Weekly Think|The Compass|Low Tide|The Orchard Group|Cases on the Table
""".replace("\n", "|").strip("|").split("|")

TOPIC_TITLES = """
{s_cap} consultation group|Working with {p}|{m_cap} in practice|{s_cap}, case by case|The {city} case group|{m_cap} study group
{city} evening consultation|First years in {t}|{s_cap} and {s2}|A group for those who see {p}|{day_cap} consultation group|{day_cap} case table
""".replace("\n", "|").strip("|").split("|")

OPENING_ABOUT = """
We begin with a short plan of your hours and what the board wants to see. After that the hour is yours, with a little structure from me.
The first two meetings are for getting to know your site and caseload. Then we settle into a rhythm that fits.
Most weeks we look closely at one case and more briefly at two. I keep the list, so that no one is forgotten.
You can bring tape, a transcript, a drawing, or a question. The question is usually enough.
I will ask about your other supervision, so that the two do not contradict one another.
Good for someone who works with {p} and meets {s} often.
I prefer to begin on the first of a month, which keeps your log simple.
We end each hour with what you will do before the next one, in one sentence.
If your site gives you supervision as well, this hour can be for what does not fit there.
I have held this hour for years, and the last two people in it are now licensed.
There is no homework, but there is always something to notice.
The place came free because someone finished her hours, which is the reason I like best.
""".strip().splitlines()

GROUP_ABOUT = """
We arrive, we settle, and one of you puts a case in the middle. The rest listen for what it does in the room. Halfway through, the presenter goes quiet and hears the table think.
Each meeting has the same shape: a short round, one presentation with a question, discussion, and a closing round on what each takes home.
The group has met since before I ran it. Members come from schools, clinics and small practices, and the mix is the point.
We take a theme a season. Cases that have nothing to do with it are welcome, and often turn out to.
Presentations are ten minutes, from memory, without details that would let anyone be recognized.
I hold the time and the order of speaking. What is said belongs to the group.
New members listen for two meetings and then take a place in the rotation. The order is on paper, so nobody has to volunteer.
We practice as much as we talk. Expect to try a sentence out loud, twice.
The group is closed for a season at a time, and opens again when a chair comes free.
There is coffee, or at least time to fetch it, and we stop when we said we would.
""".strip().splitlines()
