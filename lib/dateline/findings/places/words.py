"""Word lists the rules read: what stands before and after a name that is, or is not, a place."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


# Words that make the capitalised name before them an organisation, an event, a work or a product.
BODIES = listed(
    """academy agency airlines airways alliance army assembly associated association authority authorities
    bank bancorp board broadcasting brigade brothers bureau cabinet capital chamber cinema club
    coalition college commission committee communications company confederation conference congress
    consortium consultancy corp corporation council court cup courier championship championships
    chronicle daily dispatch energy enterprises exchange federation fc festival film fleet forum
    foundation front fund gazette globe group guard guild herald holdings inc industries initiative
    insider institute institution investments journal league ledger legion llc llp ltd magazine mail
    marathon media ministry mirror mission motors museum national navy network news observatory observer
    olympics open orchestra organisation organization partners partnership party petroleum pipeline plc
    post press prize programme program project protocol radio railway railways records register
    republicans review route savings school schools securities senate sentinel service services show
    society solutions standard star statesman studies studio studios summit sun symphony syndicate
    systems team technologies technology telecom telegraph television theater theatre times tribune
    trust tv union united universities university ventures weekly works airport station hospital clinic
    store center centre stadium arena church cathedral mosque prison jail library theatre hotel
    restaurant mall square bridge tower towers palace park zoo cemetery accord accords agreement treaty
    declaration convention process pact doctrine plan act bill law war wars uprising award awards medal
    trophy masters derby grand fire police sheriff department dept office fund district""",
)
# Of these, bodies whose names say nothing of where: newspapers, clubs, firms, universities.
NEVER_LOCAL = listed(
    """post times tribune herald gazette chronicle journal ledger courier dispatch sentinel star sun mail
    mirror observer guardian telegraph news press inquirer globe examiner university college united fc
    symphony orchestra bank airways airlines consortium corp corporation inc ltd llc plc group holdings fund
    foundation trust league""",
)
# After a local name these leave the place a place: "Anderson County Sheriff's Department", "Boston Mayor".
LOCAL_BODIES = listed(
    """police sheriff sheriffs sheriff's fire mayor jail attorney governor gov senator sen rep president
    premier secretary detention board health community public regional cancer town coroner clerk
    courthouse chamber parks recreation fiscal superior senior ambassador archbishop bishop democrats
    republicans metropolitan crimestoppers unified fairgrounds area residents officials prime foreign
    chief""",
)
# Bodies a town has for itself: their names place an article that names no town otherwise.
TOWN_BODIES = listed(
    """court courts courthouse police hospital clinic museum gallery airport station cathedral church mosque
    synagogue mall zoo stadium arena library prison jail mayor governor municipality mayoralty council
    prosecutor prosecutors metro tribunal port shipyard""",
)
# What can stand between a town's name and such a body: "Batumi City Court", "Lyon General Hospital".
CIVIC = listed(
    """city town district regional provincial county municipal central high higher supreme appeal appeals
    criminal civil administrative magistrates crown first second international general state public
    university children children's teaching military clinical main old new great grand catholic orthodox
    national fine modern contemporary art arts history archaeological science railway train bus metro
    east west north south police fire women's men's maximum security""",
)
UTILITIES = listed(
    "management mining water gas electric electricity power bus tram transit transport heating"
)
# After a state's name: "the Texas Department of Public Safety" speaks of Texas.
PUBLIC_BODIES = listed("department dept legislature senate house assembly lawmakers supreme national")
# Lower-case words after a town's name: "a Paris man", "Berea police".
LOCALS = listed(
    """man woman men women teen teenager boy girl couple family resident residents native police mayor
    officials officer officers firefighters students student businessman businesswoman businesses
    business area neighborhood neighbourhood suburb suburbs district province region prison hospital
    courthouse airport apartment home homes house church school mother father""",
)
# What only persons do.
PERSONAL_VERBS = listed(
    """said says told asked added explained wrote recalled replied argued noted thinks thought testified
    pleaded smiled laughed admitted remembers remembered believes believed joked tweeted went got knew
    knows felt""",
)
# Of these, the ones a local name before them still names as a place in news usage ("London Bridge" is a
# place of its own).
STREETS = listed(
    """street st. st road rd avenue ave boulevard blvd drive lane ln highway hwy freeway expressway parkway
    turnpike court way place terrace alley circle trail plaza pike crossing""",
)
FEATURES = listed(
    """river lake creek bay island islands mountain mountains mount valley canyon beach forest falls peak
    pass peninsula basin harbor harbour strait sea gulf ocean desert hills ridge glacier reef canal
    bayou reservoir dam cape point springs heights oasis plateau delta coast county parish township""",
)
# Before a name: what it is the name of, so not a place.
TITLES = listed(
    """mr mrs ms miss dr prof professor sir lord lady dame president vice-president chancellor premier
    minister senator sen rep representative congressman congresswoman governor gov mayor judge justice
    sheriff captain capt lt lieutenant sgt sergeant col colonel gen general maj major cpl corporal
    admiral adm commander cmdr officer detective det rev reverend father fr sister brother bishop
    archbishop cardinal pope imam rabbi ayatollah sheikh king queen prince princess duke coach manager
    chairman chairwoman director ceo secretary ambassador commissioner deputy superintendent actor
    actress singer author attorney atty st saint pvt spc analyst economist spokesman spokeswoman
    spokesperson aunt uncle""",
)
# Capitalised words that go before a place without making it a person: not given names.
PREMODIFIERS = listed(
    """north south east west northern southern eastern western central greater upper lower inner outer
    downtown northeast northwest southeast southwest northeastern northwestern southeastern southwestern
    mid old new the in at from near of for to and but after before while when since as on by with
    between across if where what why how that this these those last next his her their our its it he she
    they we i you monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december metropolitan metro rural mainland occupied
    historic ancient post pre anti pro soviet imperial colonial modern former late today yesterday
    meanwhile however suburban coastal
    a an one two three four five six seven eight nine ten some many most several all both each every
    another other no any more such only even also""",
)
MONTHS_AND_DAYS = listed(
    """january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon
    tue tues wed thu thur thurs fri sat sun christmas easter ramadan""",
)
# Words of a text that are towns somewhere and hardly ever meant; the counts in common_words.csv see most
# others.
NEVER_ALONE = listed(
    """nato hamas hezbollah fatah taliban abbas white olympic olympics commerce secretary donald chihuahua
    senior junior police university government parliament senate congress church college school street
    god sir mr mrs internet web english god christian islam muslim jewish trump obama bush clinton putin
    biden independence liberty union victory hope democrat republican democrats republicans west east
    north south center centre international national american federal state court council board college
    company group party press post times news reuters ap afp star sun mail globe bloomberg twitter
    facebook google apple amazon david john james george martin mary michael robert thomas joseph paul
    peter anthony francisco jose carlos luis santos silva lee kim park young long best love white black
    brown green gray grey""",
)
# Longer names that are towns or stores somewhere and never meant.
NO_PLACES = frozenset(
    {
        "red cross",
        "white house",
        "new deal",
        "black friday",
        "super bowl",
        "world cup",
        "good friday",
        "super tuesday",
    }
)
# Given names that are places too; before another capitalised word they name a person.
GIVEN_NAMES = listed(
    """jordan paris georgia austin madison florence chelsea victoria sydney dallas charlotte savannah
    brooklyn israel london kingston lincoln jackson houston carson carolina virginia alexandria adelaide
    sofia sierra dakota asia india china kenya america troy denver chad cyrus tyler marion clayton logan
    preston lancaster bristol devon kent chester clifton winston warren douglas howard wayne clinton
    glen milton stanley eugene leon vincent salvador santiago lourdes diego valencia mercedes trinidad
    milan roman roma verona vienna siena geneva odessa helena augusta regina elizabeth hamilton nelson
    wellington raleigh beverly shirley ashley kelly lindsay courtney brittany normandy holland ireland
    scotland england france german francis lorraine alice aurora phoenix orlando monroe taylor mason
    grant scott allen marshall russell sidney melbourne hyderabad salem bethany aberdeen francisco jose
    antonio cruz juan fernando bernardo ana rosa clara maria lucia petra rita andrea gary barry perry
    harvey""",
)
# The commonest given names of English-language news; alone they are hardly ever the towns of that name.
FIRST_NAMES = listed(
    """aaron abdullah adam adrian ahmed ahmad alan albert alberto alejandro alex alexander alexei alfred
    ali alison allison amanda amir amy ana andre andrea andreas andrew andy angel angela ann anna anne
    annie anthony anton antonio arnold arthur barack barbara ben benjamin bernard beth bill billy bob
    bobby boris brad bradley brandon brenda brian bruce bryan cameron carl carla carlos carol caroline
    casey catherine charles charlie chris christian christina christine christopher cindy claire claude
    colin connor craig cynthia daniel danny darren dave david deborah debra dennis diana diane dmitry
    don donald donna dorothy doug dylan eddie edgar eduardo edward elena elizabeth ellen emily emma
    emmanuel enrique eric erica ernest ethan evan evelyn fatima felix fernando frank fred frederick
    gabriel gareth gavin george gerald gerard gordon graham greg gregory guy hannah harold harry hassan
    heather helen henry herbert hillary hugh hugo hussein ian ibrahim igor ivan jack jacob jake james
    jamie jane janet jason jay jean jeff jeffrey jennifer jeremy jerry jesse jessica jesus jill jim
    jimmy joan joe joel johannes john johnny jon jonathan jorge jose joseph joshua juan judith judy
    julia julian julie justin karen karim karl kate katherine kathleen keith kelly ken kenneth kevin
    khalid kim kyle larry laura lauren lawrence leo leonard linda lisa liz louis louise lucas lucy luis
    luke lynn magdalena malcolm manuel marc marcel marco marcus margaret maria marie mario mark martha
    martin mary matt matthew maurice max megan melissa michael michel michelle miguel mike mikhail
    mohamed mohammad mohammed monica muhammad mustafa nadia nancy natalie nathan neil nicholas nicolas
    nicole nigel nikolai noah norman oleg oliver olivia omar oscar pablo pamela pat patricia patrick
    paul paula pedro peggy peter phil philip philippe phillip pierre rachel rafael ralph ramon ray
    raymond rebecca ricardo richard rick robert roberto robin rodney roger ronald rosa rose ross roy
    ruth ryan said sally sam samantha samuel sandra sarah scott sean sebastian sergei sergey seth shane
    shannon sharon shaun simon sophie spencer stefan stephanie stephen steve steven stuart sue susan
    tamara tanya ted teresa terry thomas tim timothy tina todd tom tommy tony tracy travis trevor
    valentina vanessa vera vernon victor viktor vladimir walter wendy will william willie yusuf zachary""",
)
# "X of Y" with one of these as X names a body.
BODIES_OF = listed(
    """university bank college church institute museum academy chamber secretary order daughters sons
    knights stade society association federation union council court conference board school schools
    duke prince archdiocese diocese bishop archbishop""",
)
# A location preposition directly before a name.
LOCATIVE = listed(
    """in at near off outside inside around across throughout along through over above beneath toward
    towards into onto within amid beside opposite via""",
)
NEARNESS = listed("near outside around beside")
# Prepositions and verbs after which a bare small name is still likely a place.
PLACING = LOCATIVE | listed(
    """from to of between visit visited visiting leave left leaving reach reached toured entered entering
    hit struck""",
)
DIRECTIONS = listed(
    """north south east west northern southern eastern western central northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern
    north-eastern north-western south-eastern south-western upper lower""",
)
PLURAL_DIVISIONS = listed("counties provinces districts regions states")
# Parts of a town: what bears such a name lies in the town it is said to be a part of.
QUARTERS = listed(
    """district districts neighbourhood neighbourhoods neighborhood neighborhoods suburb suburbs quarter
    quarters borough boroughs ward wards area areas section sections favela favelas community
    communities""",
)
# What runs between two places: an event on it lies between them.
ROADS = listed(
    """road roads highway motorway route line stretch railway track tracks tunnel bridge pass border clashes
    fighting train trains bus ferry""",
)
# Bodies that act from where they sit: "the foreign ministry in Baku".
SEATED = listed(
    "ministry ministries government governments embassy consulate headquarters leadership cabinet"
)
# Who speaks for a place: "officials in Kabul say".
SPOKESMEN = listed("officials authorities sources diplomats leaders ministers spokesmen lawmakers")
# Parts of a country or a town, before "of" or after the possessive.
PARTS = listed("north south east west northeast northwest southeast southwest centre center interior")
COASTAL = listed("coast shore border side bank gate")
# Sort words: "the coastal city of X", "X province".
SETTLEMENT_WORDS = listed(
    """city town village capital port settlement suburb neighborhood neighbourhood hamlet resort enclave
    camp cities towns villages suburbs neighborhoods neighbourhoods quarter quarters metropolis""",
)
DIVISION_WORDS = listed(
    """province region oblast governorate state prefecture department canton krai republic county district
    municipality parish territory wilaya provinces regions rayon raion districts states counties""",
)
FILLERS = listed(
    """the a an this that its his her their ancient historic old coastal northern southern eastern western
    central capital port main largest second second-largest third biggest small remote border
    mountainous occupied besieged besieged rebel-held government-held atlantic mediterranean pacific
    black-sea resort industrial oil-rich restive war-torn north south east west northeast northwest
    southeast southwest northeastern northwestern southeastern southwestern of neighbouring neighboring
    nearby all parts much rural downtown mainly predominantly densely populated modern holy beleaguered
    embattled frontline strategic populous far""",
)
# What happens, or what is held: beside a locative these make the place the scene.
EVENTS = listed(
    """search searches searched searching rescue rescuers
    killed kill kills killing died die dies dead injured wounded hurt missing displaced evacuated
    trapped rescued attack attacks attacked explosion explosions exploded blast blasts bomb bombs
    bombing bombings bombed shelling shelled strike strikes struck struck hit hits hitting shooting shot
    shootings gunfire fire fires burned burnt blaze flood floods flooded flooding earthquake earthquakes
    quake quakes tremor landslide landslides avalanche storm storms hurricane typhoon cyclone tornado
    drought wildfire wildfires eruption erupted crash crashed crashes collision collided derailed
    derailment collapse collapsed sank capsized drowned fell fall swept protest protests protested rally
    rallies rallied demonstration demonstrations demonstrated riot riots clashes clash clashed fighting
    fought battle battles war offensive ambush ambushed raid raids raided coup siege stampede arrested
    arrest arrests detained detained detention sentenced convicted trial jailed imprisoned charged
    seized kidnapped abducted hostage hostages murdered murder murders assassinated assassination
    stabbed stabbing held hold holds hosted hosts took met meet meets meeting meetings talks summit
    conference negotiations gathered gathering ceremony funeral opened opens opening launched launch
    inaugurated signed visited visit visits arrived arrives election elections vote voted voting
    referendum poll polls elected outbreak outbreaks infected cases case epidemic spread reported found
    discovered recovered destroyed damaged damage built build construction deployed deployment landed
    intercepted downed stranded massacre massacred genocide violence unrest festival tournament match
    final won beat defeated played concert exhibition conflict incident accident disaster discussed
    discussions happened occurred carried born lived lives living working works worked arriving closed
    evacuating evacuation blocked cut explode exploding casualties victims plane train bus truck ship
    boat""",
)
SPEECH = listed(
    """said says say saying told announced announces denied denies deny accused accuses warned warns urged
    urges rejected rejects condemned condemns insisted insists claimed claims called calls demanded
    demands hopes hoped wants wanted agreed agrees vowed vows pledged believes considers considered
    recognised recognized responded responds reacted argues argued alleges alleged expects threatened
    threatens offered offers sees views has had have is was will would could should may must plans
    planned seeks sought supports supported opposes opposed backs backed blames blamed suspects expelled
    summoned recalled imposed signed ratified""",
)
SPEECH_ONLY = SPEECH - listed("has had have is was will would could should may must")
# Nouns for people and bodies after a country's name used as an adjective.
PERSONS = listed(
    """soldier soldiers troops forces force army military navy marines officials official authorities
    government president ambassador embassy embassies diplomat diplomats minister ministers lawmakers
    lawmaker citizens citizen nationals national officer officers police intelligence agents agent
    leaders leader leadership envoy envoys spokesman spokeswoman spokesperson administration congress
    senate parliament senators senator representative representatives delegation team company companies
    firm firms bank banks media researchers scientists scientist experts expert economy currency dollar
    dollars stocks airstrike airstrikes strikes drone drones warplanes jets jet warships warship
    aircraft missile missiles sanctions tariffs aid assistance coalition allies ally backed-forces-led
    businessman tourists tourist journalist journalists singer actor author footballer player players
    coach striker defender goalkeeper resident residents native man woman men women student students
    prosecutors prosecutor judge court capital crude""",
)
