"""The words around a place in Russian, Azerbaijani and Turkish: what sort of place it is, who speaks, what a body is.

Words are written folded (``dateline.gazetteer.names.fold``): й is и, ə is e, ı is i. Where a word is inflected its
stem is given, and a text's word counts when it starts with the stem; up to three letters have to be the whole word.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.gazetteer.names import fold


def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(fold, text.split()))


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language; ``homes`` are the countries its texts speak of first, each with its weight."""

    divisions: tuple[str, ...]
    districts: tuple[str, ...]
    settlements: tuple[str, ...]
    features: tuple[str, ...]
    bodies: tuple[str, ...]
    offices: tuple[str, ...]
    speech: tuple[str, ...]
    events: tuple[str, ...]
    given_names: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]
    homes: dict[str, float]


RUSSIAN = Words(
    divisions=_folded(
        "област край края краю крае республик губерни провинци вилает вилаят штат мухафаз регион"
    ),
    districts=_folded("район округ"),
    settlements=_folded("город сел село села селе селу поселк поселок деревн столиц аул кишлак порт порту"),
    features=_folded(
        """море моря морю морем океан залив пролив озер гор гора горы горе горах горами долин остров полуостров
        пустын канал хребет хребт бухт водохранилищ плато перевал ущель река реки реке реку рекой"""
    ),
    bodies=_folded(
        """университет институт банк академи комсомолец комсомольц театр клуб музей газет правд эхо
        консерватори лига премьер-лиг агентств холдинг корпораци компани авиалини политех госуниверситет"""
    ),
    offices=_folded(
        """президент премьер министр глав посол посл послов мид минобороны минздрав министерств делегаци
        правительств парламент власт генпрокур прокур омбудсмен граждан гражданин пограничник военн арми
        представител лидер сенат канцлер корол уроженец уроженк резидент спикер вице-премьер премьер-министр
        посольств войск сборн депутат чиновник губернатор мэр"""
    ),
    speech=_folded(
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
    adil afet ahmed ahmet akif ali anar aqil arif asif aydin aygun ayse aysel aytac ayxan azer baris
    berk burak cavad cavid cem cemal ceyhun deniz devlet ekrem elcin eldar elif elnur elsen elvin
    emin emine emre farid fatma ferid fuad fuat gulnar gulnare gunel hakan halil hasan hatice haydar
    heydar hikmet hulusi huseyin huseyn ibrahim ilham ilqar ismail kaan kamil kamran kemal kerem
    leyla mansur mehmed mehmet mehriban mert meryem mevlut mubariz murad murat mustafa namiq natiq
    nazim nergiz nermin nicat nigar omer onur orhan orxan osman ozan ozgur perviz pinar ramiz rasim
    rauf recep resad rufet ruzgar sadiq sahib sahin samir selim serdar serkan sevda sevinc seymur
    sezen sirin suleyman tarkan tayyip tofiq togrul tolga tuna tural turan ugur ulvi umut vaqif
    volkan vugar vüqar xeyal xezer yagmur yigit yusuf zakir zehra zeynep
"""
AZERBAIJANI = Words(
    divisions=_folded("rayon vilayet viləyət bolge bölgə muxtar respublika əyalət ştat quberniya"),
    districts=(),
    settlements=_folded("şəhər kənd kend qəsəbə paytaxt şəhərciy liman"),
    features=_folded(
        """dənizi dəniz gölü çayı dağı dağları vadisi boğazı körfəzi yarımadası adası adaları səhrası dəhlizi
        okean okeanı kanalı su"""
    ),
    bodies=_folded(
        """universitet institut bank akademiya teatr klub muzey qəzet liqa şirkət holdinq agentliy konservatoriya
        fond partiya komanda futbol telegraf neft məktəb lisey dərnəy"""
    ),
    offices=_folded(
        """prezident nazir baş səfir rəsmi hökumət parlament xarici müdafiə hərbçi sərhədçi ordu şirkət vətəndaş
        nümayəndə lider kansler kral sözçü dövlət xalq deputat silahlı daxili ədliyyə iqtisadiyyat mərkəzi
        jurnalist idmançı yığma heyət əsgər xüsusi"""
    ),
    speech=_folded(
        """bildir açıqla elan etdi edib təkzib pislə pisləyib rədd çağır istəyir hesab tələb xəbərdarlıq ittiham
        təsdiq qınayıb vurğula deyib dedi söylə cavab razılaş imtina təklif dəstəkləyib imzala"""
    ),
    events=_folded(
        """ölüb yaralan partlay zəlzələ daşqın yanğın yanıb batıb qəza toqquş vuruş döyüş hücum atəş sammit konfrans
        forum qar fırtına quraqlıq xilas etiraz mitinq seçki aksiya mina təlim saxlan
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
            yeni köhnə böyük kiçik sarı qara ağ göy qırmızı yaşıl turan aydın şirin bahar yaz qış payız"""
        )
    ),
    homes={"AZ": 3.0, "TR": 1.2, **dict.fromkeys(("GE", "AM", "IR", "RU"), 0.8), "UA": 0.5, "KZ": 0.5},
)
TURKISH = Words(
    divisions=_folded("il ili ilinde ilinin iline ilinden ilindeki ilini vilayet eyalet bölge vali"),
    districts=_folded("ilçe"),
    settlements=_folded("şehri şehir kent köy kasaba belde belediye"),
    features=_folded(
        """denizi gölü nehri çayı dağı dağları vadisi boğazı körfezi yarımadası adası adaları çölü koridoru
        okyanusu kanalı ovası"""
    ),
    bodies=_folded(
        """üniversite enstitü banka akademi tiyatro kulüb kulüp müze gazete lig şirket holding ajans konservatuvar
        vakıf vakfı parti partisi yolları spor lisesi filmi sigorta hastane kolej"""
    ),
    offices=_folded(
        """cumhurbaşkanı başbakan bakan büyükelçi hükümet parlamento dışişleri savunma ordusu silahlı devlet heyet
        yönetim lider sözcü milli içişleri vatandaş başkan kral şansölye meclis asker adalet temsilci
        emniyet maliye genelkurmay başkonsolos polis şirket"""
    ),
    speech=_folded(
        """açıkla duyur bildir reddet suçla kına uyar çağr iste savun karşılık yalanla doğrula belirt söyle dedi
        vurgula onayla tehdit ısrar kabul destekle tepki cevap yanıt"""
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
            küçük sarı kara ak mavi kırmızı yeşil düzce karaman aksaray yalova tokat bolu bingöl şirin umut kaya
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
