"""The words around a place in Russian, Azerbaijani and Turkish: what sort of place it is, who speaks, what a body is.

Words are written folded (``dateline.gazetteer.names.fold``): й is и, ə is e, ı is i. Where a word is inflected its
stem is given, and a text's word counts when it starts with the stem; up to three letters have to be the whole word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.gazetteer.names import fold


def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(fold, text.split()))


@dataclass(frozen=True, slots=True)
class Stems:
    """Beginnings of words, and short words that count whole only."""

    long: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()

    def __add__(self, other: Stems) -> Stems:
        return Stems(self.long + other.long, self.whole | other.whole)


def _stems(text: str) -> Stems:
    folded = _folded(text)
    return Stems(tuple(w for w in folded if len(w) > 3), frozenset(folded))


def starts(word: str, stems: Stems) -> bool:
    """Whether a folded word begins with one of the stems."""
    return word in stems.whole or word.startswith(stems.long)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language; ``homes`` are the countries its texts speak of first, each with its weight;
    ``areas`` joins the words for divisions and districts, ``sorts`` adds those for settlements."""

    divisions: Stems
    districts: Stems
    settlements: Stems
    features: Stems
    bodies: Stems
    offices: Stems
    speech: Stems
    events: tuple[str, ...]
    given_names: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]
    homes: dict[str, float]
    areas: Stems = field(init=False)
    sorts: Stems = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "areas", self.divisions + self.districts)
        object.__setattr__(self, "sorts", self.areas + self.settlements)


RUSSIAN = Words(
    divisions=_stems(
        "област край края краю крае республик губерни провинци вилает вилаят штат мухафаз регион"
    ),
    districts=_stems("район округ"),
    settlements=_stems("город сел село села селе селу поселк поселок деревн столиц аул кишлак порт порту"),
    features=_stems(
        """море моря морю морем океан залив пролив озер гор гора горы горе горах горами долин остров полуостров
        пустын канал хребет хребт бухт водохранилищ плато перевал ущель река реки реке реку рекой"""
    ),
    bodies=_stems(
        """университет институт банк академи комсомолец комсомольц театр клуб музей газет правд эхо
        консерватори лига премьер-лиг агентств холдинг корпораци компани авиалини политех госуниверситет"""
    ),
    offices=_stems(
        """президент премьер министр глав посол посл послов мид минобороны минздрав министерств делегаци
        правительств парламент власт генпрокур прокур омбудсмен граждан гражданин пограничник военн арми
        представител лидер сенат канцлер корол уроженец уроженк резидент спикер вице-премьер премьер-министр
        посольств войск сборн депутат чиновник комитет команд служб губернатор мэр"""
    ),
    speech=_stems(
        """заяви заявл сообщ осуди осужда отверг отверга призва призыва ввел ввод вводит введ обвини обвиня
        опроверг подтверди подтвержда потребова требу предупреди предлож предлага назва счита настаива
        ответи соглас отказа поддержа подписа прокомментирова вырази обеща готов намерен планиру объяви
        объявл выдвор выслал отозва уведоми не обменял договори приветству признал признае признал
        рассчитыва хочет хотят надее опаса возобнови прекрати запрети разреши обсуди отреагирова"""
    ),
    events=_folded(
        """погиб взрыв удар землетряс наводн затоп пожар столкнов затонул мель разбил авари крушен обстрел атак
        переговор саммит форум снегопад ожида шторм засух эвакуир спас протест митинг выбор бои бой боев стрел
        перестрел теракт задержа убит ранен боестолкнов учени обнаруж нашли сбит"""
    ),
    given_names=frozenset(
        _folded(
            """владимир олег алексеи мария надежда полина александр сергеи дмитрии андреи михаил иван николаи
            юрии виктор анна елена ольга наталья татьяна ирина светлана екатерина людмила галина валентина вера
            любовь анастасия дарья ксения юлия евгении евгения максим денис антон артем павел роман кирилл илья
            игорь борис вячеслав валерии василии анатолии константин петр федор григории леонид эдуард руслан
            рустам тимур марат ильхам никол нурсултан касым шавкат эмомали садыр сердар гурбангулы хабиб рамзан
            арарат давид георгии михаэль вахтанг ираклии зураб саломе левон армен арам карен тигран гагик
            вадим станислав ярослав лев глеб егор семен тамара лариса зинаида раиса софья алла майя нина
            азамат айгуль динара гульнара фарид эльдар эльчин мурад вугар хикмет джеихун реджеп мевлют"""
        )
    ),
    titles=frozenset(
        _folded("актриса актер боец писатель режиссер тренер певец певица полковник генерал майор")
    ),
    common=frozenset(
        _folded(
            """мир победа надежда вера любовь мария мирная ударник строитель строители школа школы луч заря восток запад
            север юг июль май март ключ рассвет юность дружба свобода родина народ газета команда лига совет
            советы боец суд суды посол поезд пожар взрыв паром цены цена ученые граждане власти жители глава дом
            самолет машина дорога учитель авиация актриса компания группа зима лето весна осень орел ворон кремль
            лев роман рим удар танкер колонна погода хороший новая новый старый красный белый черный большой великий
            центр центральный октябрь октябрьский первомайский комсомолец правда искра звезда солнце береза дубки
            бор сосны ветер река озеро море мост мосты цель цели силы сила союз время план банк биржа рынок бизнес
            лавина столица уровень эпицентр землетрясение наводнение пара число после около первый второй вторая
            третий один два три пять семь сто утро день ночь вечер господин глава главы сад сады порт порты слава
            русский армян татары поляки немцы болгары казак казаки"""
        )
    ),
    homes={
        **dict.fromkeys(("AZ", "AM", "GE", "KZ", "KG", "UZ", "TJ", "TM"), 1.5),
        **dict.fromkeys(("RU", "UA", "BY", "MD"), 1.5),
        **dict.fromkeys(("TR", "IR", "SY", "AF", "IQ", "IL", "PS"), 0.7),
    },
)
_TURKIC_GIVEN = """
    abdulla abdullah adem adil afet ahmed ahmet akif ali aliya aliye anar anvar aqil arda arif asif
    aydin aygun ayhan ayse aysel aytac ayxan azer bahar baran baris bekir bengu beril berk bilal
    bulent burak buse cavad cavid cem cemal cengiz ceren ceyhun cihan deniz derya devlet ece ekrem
    elcin eldar elif elman elmar elnur elsen eltun elvin emin emine emre enver ercan erdal ersin
    esra eyvaz farid fatih fatma ferhat ferid fuad fuat gamze gizem gokhan gulnar gulnare gunel
    hakan halil halit hande hasan hatice haydar hesen heydar hikmet hulusi hulya huseyin huseyn
    ibrahim ilham ilker ilqar irem ismail kaan kadir kamil kamran kemal kerem levent leyla mammad
    mansur mehemmed mehmed mehmet mehriban melek melis memmed mert merve meryem metin mevlut mubariz
    murad murat mustafa namiq natiq nazim nazli necmettin nergiz nermin nicat nigar nihal nuri
    nurlan oguz okan oktay omer onur orhan orxan osman oya ozan ozgur ozlem pelin perviz pinar qabil
    qurban ramiz rasim rauf recep resad rovsen rovshan rufet ruzgar sabina sabir sadiq sahib sahibe
    sahin samir seda selcuk selim selin senol serdar serkan sevda sevinc seymur sezen sibel simge
    sinan sirin songul suleyman tahir tamer tamerlan tarik tarkan tayyip tekin tofiq togrul tolga
    tulin tuna tural turan turgut ufuk ugur ulker ulvi umut vaqif vasif volkan vugar vusal xeyal
    xezer yagmur yaqub yasin yavuz yesim yeter yigit yilmaz yunus yusif yusuf zakir zehra zeki
    zeynep ziya ziyafet
"""
AZERBAIJANI = Words(
    divisions=_stems("rayon vilayet viləyət bolge bölgə muxtar respublika əyalət ştat quberniya"),
    districts=Stems(),
    settlements=_stems("şəhər kənd kend qəsəbə paytaxt şəhərciy liman"),
    features=_stems(
        """dənizi dəniz gölü çayı dağı dağları vadisi boğazı körfəzi yarımadası adası adaları səhrası dəhlizi
        okean okeanı kanalı su"""
    ),
    bodies=_stems(
        """universitet institut bank akademiya teatr klub muzey qəzet liqa şirkət holdinq agentliy konservatoriya
        fond partiya komanda futbol telegraf neft məktəb lisey dərnəy"""
    ),
    offices=_stems(
        """prezident nazir baş səfir rəsmi hökumət parlament xarici müdafiə hərbçi sərhədçi ordu şirkət vətəndaş
        nümayəndə lider kansler kral sözçü dövlət xalq deputat silahlı daxili ədliyyə iqtisadiyyat
        jurnalist idmançı yığma heyət əsgər xüsusi"""
    ),
    speech=_stems(
        """bildir açıqla elan etdi edib təkzib pislə pisləyib rədd çağır istəyir hesab tələb xəbərdarlıq ittiham
        təsdiq qınayıb vurğula deyib dedi söylə cavab razılaş imtina təklif yayıb bəyanat dəstəkləyib imzala"""
    ),
    events=_folded(
        """ölüb yaralan partlay zəlzələ daşqın yanğın yanıb batıb qəza toqquş vuruş döyüş hücum atəş sammit konfrans
        forum qar fırtına quraqlıq xilas etiraz mitinq seçki aksiya mina təlim saxlan vurul
        həlak tapıl başlayıb zərbə zərər"""
    ),
    given_names=frozenset(map(fold, _TURKIC_GIVEN.split())),
    titles=frozenset(
        _folded("deputat futbolçu general polkovnik aktyor jurnalist yazıçı müğənni cənab xanım")
    ),
    common=frozenset(
        _folded(
            """ordu qala nərgiz polis həkim qiymət təhsil parlament məhkəmə sərhəd nazir deputat səfir xəzər bar van
            elm elmi bağ bazar dəniz günəş ulduz dağ çay göl kənd şəhər zəfər azadlıq səhər axşam dünən bugün
            bu o biz siz mən sən bir iki üç dörd beş altı yeddi səkkiz doqquz on büdcə hava su torpaq neft qaz
            respublika istiqlal ədalət sülh azad gənc prezident
            yeni köhnə böyük kiçik sarı qara ağ göy qırmızı yaşıl turan aydın şirin bahar yaz qış payız"""
        )
    ),
    homes={"AZ": 3.0, "TR": 1.2, **dict.fromkeys(("GE", "AM", "IR", "RU"), 0.8), "UA": 0.5, "KZ": 0.5},
)
TURKISH = Words(
    divisions=_stems("il ili ilinde ilinin iline ilinden ilindeki ilini vilayet eyalet bölge vali"),
    districts=_stems("ilçe"),
    settlements=_stems("şehri şehir kent köy kasaba belde belediye"),
    features=_stems(
        """denizi gölü nehri çayı dağı dağları vadisi boğazı körfezi yarımadası adası adaları çölü koridoru
        okyanusu kanalı ovası"""
    ),
    bodies=_stems(
        """üniversite enstitü banka akademi tiyatro kulüb kulüp müze gazete lig şirket holding ajans konservatuvar
        vakıf vakfı parti partisi yolları spor lisesi filmi sigorta hastane kolej"""
    ),
    offices=_stems(
        """cumhurbaşkanı başbakan bakan büyükelçi hükümet parlamento dışişleri savunma ordusu silahlı devlet heyet
        yönetim lider sözcü milli içişleri vatandaş başkan kral şansölye meclis asker adalet temsilci
        emniyet maliye genelkurmay başkonsolos polis şirket"""
    ),
    speech=_stems(
        """açıkla duyur bildir reddet suçla kına uyar çağr iste savun karşılık yalanla doğrula belirt söyle dedi
        vurgula onayla tehdit ısrar kabul destekle tepki cevap yanıt bildiri anlaştı"""
    ),
    events=_folded(
        """öldü yaralan patla deprem sel yangın yandı battı kaza çarpış çatışma saldır ateş zirve konferans forum
        kar fırtına kurak kurtar protesto gösteri seçim eylem mayın tatbikat gözaltı hayatını bulundu
        başladı bekleniyor alabora
        uyarı"""
    ),
    given_names=frozenset(map(fold, _TURKIC_GIVEN.split())),
    titles=frozenset(_folded("yazar sanatçı oyuncu general albay şarkıcı gazeteci bay bayan sayın")),
    common=frozenset(
        _folded(
            """ordu batman aydın deniz bar sur van muş kale polis mahkeme bakan öğretmen merkez bilim çocuk şehit
            emekli enflasyon bahar yaz kış güz güneş yıldız dağ göl köy zafer sabah akşam dün bugün bu o biz siz
            ben sen bir iki üç dört beş altı yedi sekiz dokuz on bütçe hava su toprak petrol gaz yeni eski büyük
            küçük sarı kara ak mavi kırmızı yeşil cumhuriyet hürriyet barış adalet gazi başkan
            kurtuluş istiklal meclis genç güven düzce karaman aksaray yalova tokat bolu bingöl şirin umut kaya
            çay pazar"""
        )
    ),
    homes={"TR": 3.0, **dict.fromkeys(("AZ", "SY", "IQ", "CY", "GR", "GE"), 0.8), "IR": 0.6, "UA": 0.5},
)
# Before a name: which part of the place is meant.
DIRECTIONS = frozenset(
    _folded(
        """doğu batı kuzey güney orta şimali cənubi şərqi qərbi mərkəzi kuzeydoğu güneydoğu kuzeybatı güneybatı
        северный северная северное северной северном северную южный южная южное южной южном южную восточный
        восточная восточной восточном западный западная западной западном центральный центральной центральном"""
    )
)
# After an adjective: a street or station that bears a place's name and lies elsewhere.
STREETS = _folded("шоссе улиц проспект кольц площад бульвар переул набережн тракт вокзал метро")
BY_LANGUAGE = {"ru": RUSSIAN, "az": AZERBAIJANI, "tr": TURKISH}
# What texts of a language are called in the reasons given.
TEXTS = {"ru": "Russian texts", "az": "Azerbaijani texts", "tr": "Turkish texts"}
