"""Word lists for reading pasted pages in English, Russian, Turkish, Azerbaijani and, thinner, their neighbours.

Everything is case-folded. These lists name what an interface says and how a paragraph refers back; none
names an outlet, a place or a person.
"""

from __future__ import annotations


def _words(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


# Words of an interface; in a short line, or beside "you" or an imperative, they mark boilerplate.
INTERFACE = _words(
    "app apps application applications download downloads store subscribe subscribed subscriber",
    "subscribers subscription",
    "newsletter newsletters sign login log register registration account password comment comments",
    "commenting reply share",
    "shared tweet follow followers like likes cookie cookies privacy policy terms conditions",
    "advertisement advert advertising",
    "sponsored promoted read more related trending popular latest menu search home homepage contact",
    "about copyright rights",
    "reserved facebook twitter whatsapp telegram instagram youtube linkedin tiktok viber email e-mail",
    "print copy link links tags tag",
    "topics sections section skip content navigation watch listen live podcast podcasts gallery",
    "photos video videos image credit photo",
    "click tap scroll browser javascript notifications notification inbox inboxes unsubscribe",
    "breadcrumb next previous page loading load",
    "view views mins min minutes minute ago editor editors picks pick recommended stories articles",
    "article opinion topic first",
    "leave post feedback rate rating sitemap careers faq help settings language edition weather",
    "horoscope subscribe bookmark save saved",
    "premium member members membership donate donation support free trial unlimited access offer",
    "updates alerts alert channel website site",
    # Russian, Ukrainian
    "подписаться подпишитесь подписывайтесь подписка рассылка рассылку приложение приложения скачать",
    "скачайте установите войти вход",
    "регистрация зарегистрируйтесь комментарий комментарии комментариев комментировать оставить",
    "оставьте оставляйте первый поделиться",
    "поделитесь читайте читать также подробнее далее реклама партнёрский материалы теме новости лента",
    "популярное главное",
    "меню поиск главная контакты редакция политика конфиденциальности куки файлы cookie права",
    "защищены просмотров мнение тему",
    "телеграм вконтакте одноклассники канал канале соцсетях сайт сайте ссылка ссылку печать версия",
    "теги нравится",
    "підписатися підпишіться реклама читайте також завантажити коментар поділитися",
    # Turkish
    "abone ol olun bülten bültene uygulama uygulaması uygulamasını uygulamamızı indir indirin giriş",
    "yap kayıt yorum yorumlar yorumu",
    "yorumlayın yaz yazın paylaş paylaşın takip edin oku okuyun devamını devamı haberler haberleri",
    "ilgili reklam menü ara arama anasayfa ana",
    "sayfa iletişim hakkımızda gizlilik çerez çerezler çerezleri kullanım koşulları telif hakkı",
    "saklıdır tüm hakları ilk bırakın",
    "konu konuda hakkında düşünüyorsunuz son dakika bildirim bildirimleri",
    # Azerbaijani
    "xəbəri xəbərini haberi",
    "abunə olun bülleten tətbiq tətbiqi tətbiqini yüklə yükləyin endir daxil qeydiyyat şərh şərhlər",
    "şərhi yazın bölüş paylaşın izləyin",
    "oxu oxuyun ardı davamı xəbərlər xəbər oxşar reklam axtar axtarış menyu haqqımızda əlaqə məxfilik",
    "siyasəti kukilər hüquqlar qorunur",
    "bütün müəllif ilk buraxın mövzu mövzuda fikriniz ən çox oxunan kanalımıza",
    # French, German, Spanish
    "abonnez-vous abonner inscrivez-vous connexion partager commentaires lire aussi publicité",
    "newsletter télécharger application",
    "abonnieren anmelden teilen kommentare lesen auch anzeige mehr datenschutz impressum herunterladen",
    "suscríbete suscribirse compartir comentarios leer más publicidad descargar aplicación iniciar sesión",
)
# What only an interface has; one of these beside "your" is enough.
MACHINERY = _words(
    "comment comments app newsletter newsletters inbox password email e-mail subscription cookies account",
    "browser notifications",
    "комментарий рассылку приложение аккаунт пароль почту yorumunuz şərhiniz e-posta hesabınız",
)
# Interface lines that stand in the middle of an article.
WITHIN = (
    "advertisement", "advert", "ad", "sponsored", "article continues below", "story continues below",
    "read more", "реклама", "reklam",
    "publicité", "anzeige", "publicidad",
)  # fmt: skip
# First words of a line that tells the reader to do something.
IMPERATIVES = _words(
    "download subscribe follow share click sign log join leave read watch listen see get register",
    "enter accept copy save print",
    "comment tap scroll skip load show view install try search continue discover explore check visit",
    "write post add tell send",
    "stay enable allow manage upgrade support donate browse open select choose submit report vote",
    "rate please don't do",
    "подписывайтесь подпишитесь читайте скачайте скачивайте оставьте оставляйте оставить поделитесь",
    "делитесь следите смотрите слушайте",
    "войдите зарегистрируйтесь установите нажмите присоединяйтесь напишите пишите узнайте узнавайте",
    "підпишіться читайте завантажте",
    "yükləyin endirin izləyin oxuyun yazın paylaşın bölüşün abunə indirin okuyun takip abone",
    "yorumlayın paylaşın tıklayın katılın",
    "abonnez-vous téléchargez lisez partagez inscrivez-vous abonnieren suscríbete descarga descargue lee",
)
# The reader, addressed.
READER = _words(
    "you your yours yourself",
    "вы вас вам вами ваш ваша ваше ваши вашего вашу вашей вашем ваших ви ваш вашу",
    "siz sizin sizi sizce sizcə sizə fikriniz düşünüyorsunuz düşünürsünüz görüşünüz görüşleriniz",
    "rəyiniz",
    "vous votre vos ihr ihre sie usted tu",
)
# The outlet, speaking of itself; "us" is looked for in lower case only.
OURSELVES = _words(
    "our ours us наш наша наше наши нашу нашем нашего нам нас bizim bizi bizimle",
    "uygulamamızı kanalımıza notre unsere nuestro nuestra",
)
# What a question to the reader is about.
OPINION = _words(
    "opinion opinions think thoughts agree disagree feel view views comment topic story article",
    "experience join",
    "думаете считаете мнение мнением согласны тему",
    "düşünüyorsunuz düşünüyorsun görüşünüz görüşleriniz fikriniz konuda düşünürsünüz rəyiniz mövzuda",
    "pensez avis meinung denken opinas piensas",
)
# A line of its own that opens what comes after the article.
AFTER = (
    "related", "read more", "read also", "also read", "more news", "more from",
    "more on", "latest news", "latest", "most read",
    "most popular", "trending", "popular", "recommended", "you may also like",
    "you might also like", "editor's pick", "editors' picks",
    "top stories", "other news", "in other news", "comments", "leave a comment",
    "tags", "topics", "share this", "see also", "up next",
    "news feed", "newsletter", "more stories", "don't miss",
    "читайте также", "по теме", "материалы по теме", "другие новости", "последние новости",
    "популярное", "самое читаемое", "комментарии",
    "лента новостей", "новости по теме", "теги", "главное за день", "читайте також",
    "ilgili haberler", "son haberler", "son dakika", "diğer haberler", "en çok okunanlar",
    "yorumlar", "benzer haberler", "günün haberleri",
    "oxşar xəbərlər", "son xəbərlər", "digər xəbərlər", "ən çox oxunanlar",
    "şərhlər", "günün xəbərləri", "həmçinin oxuyun",
    "à lire aussi", "sur le même sujet", "mehr zum thema", "lesen sie auch",
    "te puede interesar", "lo más leído",
)  # fmt: skip
# Words that open a paragraph which leans on the one before.
BACK = _words(
    "he she they it his her their its this these those that such both neither however but yet still",
    "meanwhile moreover furthermore",
    "additionally also nevertheless nonetheless instead besides thus therefore consequently then",
    "afterwards later earlier so and",
    "similarly likewise elsewhere according overall ultimately finally separately him them hers indeed",
    "он она они оно его её ее их этот эта это эти такой такие также однако но между тем кроме при",
    "этом затем позже ранее поэтому",
    "по его по ее по её при том напомним отметим вместе и а он, она, тогда там тем нему ней ним такая",
    "такое",
    "він вона вони його її їх цей ця це ці також однак проте",
    "o onlar onun onların bu bunlar bunun bunu şu ancak fakat ama ayrıca öte yandan bununla bunun",
    "ardından daha sonra böylece",
    "onlar onun onların həmin bu bunlar bunun lakin amma ancaq həmçinin eyni bundan belə sonra daha",
    "bununla o",
    "il elle ils elles ce cette ces cependant mais er sie es dieser diese dieses jedoch aber él ella",
    "ellos este esta estos pero",
)
# Of BACK, those that also open news of their own ("По данным …", "So far …", "There …").
WEAK_BACK = _words(
    "it and so then later earlier according elsewhere separately still both also by по при и а там o ancak sonra daha"
)
# Verbs that report speech; with a pronoun they tie a quotation to its speaker.
SAYING = _words(
    "said says say told added adds explained explains noted notes stressed emphasised emphasized",
    "stated argued continued recalled",
    "warned insisted clarified highlighted underlined concluded observed pointed remarked wrote asked",
    "replied",
    "сказал сказала сказали заявил заявила добавил добавила отметил отметила подчеркнул подчеркнула",
    "пояснил пояснила рассказал рассказала",
    "сообщил сообщила считает уверен уверена",
    "dedi söyledi belirtti ekledi vurguladı açıkladı kaydetti ifade konuştu",
    "deyib bildirib əlavə vurğulayıb qeyd söyləyib dedi açıqlayıb",
)
PRONOUNS = _words("he she they it we i он она они вона він o onlar")
# Words too common to tie two paragraphs together, news words among them.
COMMON = _words(
    "the and for that with from this have has had was were are been being will would could should",
    "their there they them than then",
    "which while when where what who whom whose about after before over under into onto also said",
    "says say told more most other some",
    "such only very much many any all both each every few own same between among during against",
    "because through without within",
    "people killed injured dead died officials official authorities authority police government",
    "minister ministry president country",
    "countries state states national international world year years month months week weeks day days",
    "monday tuesday wednesday",
    "thursday friday saturday sunday january february march april june july august september october",
    "november december new news",
    "according reported report reports least including last next first second third one two three",
    "four five six seven eight nine ten",
    "hundred thousand million billion percent per cent top made make makes part time number group",
    "local city region area town village",
    "его был была были было что как для при это этот эта эти тем кто где когда чтобы если или уже еще",
    "ещё она они оно них нее того",
    "также после перед между около более менее года году лет день дня дней неделю января февраля",
    "марта апреля мая июня июля августа",
    "сентября октября ноября декабря понедельник вторник среду четверг пятницу субботу воскресенье",
    "страны стране страна власти",
    "президент министр правительство человек людей сообщили сообщил заявил данным числе тысяч",
    "миллионов свою свои который которая которые",
    "bir ve ile için olarak olan oldu daha çok kadar sonra önce göre gibi ise ama ancak hem her yeni",
    "bin milyon gün yıl kişi ülke",
    "başkan bakanı dedi etti ettiği olduğu olduğunu pazartesi salı çarşamba perşembe cuma cumartesi",
    "pazar açıkladı",
    "və ilə üçün olan olub edib edilib daha çox qədər sonra əvvəl görə kimi isə amma hər yeni min",
    "milyon gün il nəfər ölkə prezident",
    "naziri bildirib deyib bazar ertəsi axşamı çərşənbə cümə şənbə",
    "une des les dans pour avec sur est qui que und der die das mit von für ist den dem ein eine los",
    "las una por con del para",
)
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday",
    "понедельник вторник среду четверг пятницу субботу воскресенье",
    "pazartesi salı çarşamba perşembe cuma cumartesi",
)
BYLINE = (
    "by", "author", "additional reporting by", "written by", "reporting by", "editing by", "edited by",
    "автор", "текст", "haber", "muhabir", "yazan", "müəllif",
    "par", "von", "por", "published", "updated", "posted", "last updated",
    "first published", "опубликовано", "обновлено", "yayınlanma",
    "güncelleme", "dərc olunub", "tarih", "tarix", "дата", "publié", "veröffentlicht",
    "published on", "updated on", "posted on",
)  # fmt: skip
