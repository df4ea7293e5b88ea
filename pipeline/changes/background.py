"""How common words are in the language of diplomacy: counts behind the discount of boilerplate.

Counted once over 53579 sentences of 429 public statements of governments (joint statements, summit declarations
and fact sheets of the White House, 2021 to 2025) without any TTC or IPEF document: stem and number of sentences
with it, the 1,600 most frequent. A stem that is missing here is rare. Chinese uses jieba's own word frequencies.
"""

from __future__ import annotations

from functools import lru_cache

SENTENCES = 53579


@lru_cache(maxsize=1)
def read_counts() -> dict[str, int]:
    """Stem -> number of sentences with it, of SENTENCES."""
    parts = _COUNTS.split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def share_of_word(word: str, language: str) -> float:
    """Share of sentences with the word in diplomatic language, in (0, 1)."""
    if language == "zh":
        return _share_chinese(word)
    return (read_counts().get(word, 2) + 0.5) / (SENTENCES + 1)


@lru_cache(maxsize=65536)
def _share_chinese(word: str) -> float:
    import jieba

    jieba.initialize()
    frequency = jieba.dt.FREQ.get(word, 0) or 0
    words_in_a_sentence = 20
    return float(min(0.5, words_in_a_sentence * (frequency + 3) / jieba.dt.total))


_COUNTS = """
00 629 000 355 01 86 02 67 03 102 04 82 05 122 06 114 07 94 08 88 09 179 10 334 100 162 11 215 12 261 13 138 14 114 15
208 150 41 16 124 17 100 18 102 19 78 20 180 200 88 2020 38 2021 382 2022 587 2023 620 2024 479 2025 115 2030 210 2050
96 21 124 22 92 23 75 24 85 25 104 250 46 26 66 27 49 28 41 29 49 30 173 300 58 31 49 40 79 400 35 44 27 50 122 500
113 60 52 600 47 70 52 75 27 80 38 90 35 abil 126 abl 49 abroad 41 abus 76 academia 32 academic 50 academy 30
accelerat 520 access 695 accessibl 43 accord 50 accordanc 74 account 65 accountab 141 achiev 408 acknowled 100 acquir
32 acquisit 34 across 816 act 199 action 856 activ 340 actor 118 acut 29 adapt 78 adaptat 151 add 49 addit 98
additiona 491 address 996 administr 590 adopt 137 advanc 1136 advisor 126 advisory 57 advocat 36 affair 91 affect 63
affirm 165 affordabl 118 afghan 39 africa 592 african 365 agency 406 agenda 192 aggress 130 agre 504 agricultu 316
ahead 44 ai 202 aid 118 aim 255 air 124 aircraft 35 al 27 align 164 allianc 230 allocat 47 allow 117 ally 177 alon 29
along 106 alongsid 59 already 104 alternati 32 alumni 38 ambassado 55 ambit 104 ambitiou 168 america 380 american 449
amplify 27 analysi 41 anchor 34 angel 39 angola 104 anniversa 50 announc 977 annual 125 anti-corruption 40 anticipat
30 applaud 42 applicat 67 apply 30 appreciat 40 apprentic 40 approach 280 appropria 126 approv 41 approxima 109 april
64 arab 59 arabia 51 architect 71 area 327 arm 118 arp 29 arrang 70 art 34 articl 54 artificia 76 asean 534 asia 212
asian 73 assemb 59 assess 90 asset 91 assist 118 assistanc 527 assistant 38 associat 133 atlantic 115 atomic 28 attack
166 attempt 45 attend 27 attract 43 august 58 auku 58 australia 403 author 102 authoriz 31 availabil 50 availabl 152
averag 38 aviat 52 avoid 54 award 98 awareness 135 back 126 bahrain 46 balanc 34 ballistic 52 bank 327 barrier 71 bas
245 basi 54 basic 41 battery 76 becom 69 begin 88 behavior 32 beneficia 38 benefit 280 best 203 better 302 beyond 110
biden 1000 biden-harris 202 bilateral 371 billion 765 bin 29 biodivers 101 biologica 46 biotechno 36 bipartisa 70
black 51 blinken 30 blu 100 board 59 body 34 bold 39 bolster 186 bond 47 boost 100 border 108 brazil 59 bridg 68
briefing-room 705 bring 224 broad 57 broaden 29 broader 76 brutal 31 budget 58 build 1227 built 57 burden 31 bureau 45
business 400 cabl 66 call 420 campaign 64 canada 224 cancer 186 capabil 282 capac 637 capital 224 captur 32 car 173
carbon 178 career 65 caribbean 120 cas 56 catalytic 30 catalyz 88 caus 114 cdc 74 ceasefir 35 celebrat 80 celsiu 26
center 247 centr 39 central 217 century 66 certain 34 certifica 38 cervical 75 chain 694 chair 62 challeng 559
champion 42 chang 447 channel 35 charter 78 chemical 60 chief 44 child 54 children 83 china 181 citizen 105 city 146
civic 39 civil 299 civilian 106 clean 838 clear 68 climat 1448 climate-related 27 climate-smart 30 clinical 31 clos
217 close 106 coal 59 coalit 147 coast 56 coastal 71 cod 33 coercion 42 cohort 34 collabora 640 collect 46 collectiv
258 colleg 61 colombia 43 com 114 combat 234 combin 83 command 28 commend 41 commerc 121 commercia 216 commiss 112
commit 2300 committe 81 commod 36 common 191 commun 756 communica 117 compact 68 company 239 competit 54 competiti 100
compl 32 complemen 58 complet 90 complex 43 component 45 comprehen 180 concern 198 concessio 28 conclud 38 conclus 29
concret 97 condemn 96 condit 62 conduct 160 conferenc 117 confidenc 28 conflict 119 congo 38 congress 118 congressi 45
connect 208 connectiv 175 consequen 31 conserv 36 conservat 90 consider 54 consisten 146 consortiu 35 constitut 30
construct 124 consult 31 consultat 128 consumer 32 context 74 continent 107 continu 947 contract 33 contribut 380
control 167 conven 179 convent 77 cooperat 1436 cooperati 57 coordinat 550 cor 96 corp 65 corporat 158 corridor 134
corrupt 108 cost 149 costa 35 council 259 counter 221 counterpa 33 country 1833 cours 53 court 34 covax 70 cover 42
coverag 45 covid 42 creat 472 credit 55 cri 57 crim 112 criminal 97 cris 58 crisi 304 critical 753 crop 38
cross-border 55 crucial 32 cultur 47 cultural 112 current 146 cut 32 cutting-edge 32 cyber 306 cybersecu 208 cyberspac
36 d.c 35 damag 34 dangerou 32 dat 63 data 318 day 88 deal 64 debt 116 decad 102 decarboni 93 december 89 decid 40
decis 71 declarat 113 dedicat 57 deep 114 deepen 300 defeat 27 defenc 32 defend 98 defens 508 defin 37 degre 52
delegat 51 deliver 358 delivery 145 demand 125 democracy 313 democrati 328 demonstra 125 depart 474 dependenc 46
deploy 325 deputy 62 design 171 designat 36 destabili 27 destruct 29 detail 26 detect 145 deter 47 determin 83
determina 42 deterrenc 66 develop 2202 dfc 169 diagnosti 51 dialogu 334 diaspora 39 different 27 digital 580 diplomacy
45 diplomati 98 direct 202 director 95 disabil 40 disaster 177 discuss 349 diseas 138 displac 27 disput 44 disrupt 144
distribut 79 divers 202 diversifi 33 diversify 104 divid 31 docu 31 dod 40 doe 39 doi 53 dollar 57 domain 97 domestic
150 dominican 68 donat 65 donor 62 dos 129 doubl 50 dprk 68 draw 28 driv 187 driver 35 drug 141 due 44 dynamic 29 ear
166 earlier 46 earth 55 east 147 eastern 30 economic 1191 economy 455 ecosystem 151 educat 389 effect 64 effectiv 254
effective 71 efficienc 80 efficient 64 effort 1270 egypt 48 eight 31 el 32 ele 56 elect 63 electric 156 elevat 79
eligibl 48 eliminat 54 emerg 313 emergency 188 emirat 50 emiss 363 emphasiz 134 employ 71 employe 55 empower 154 enabl
316 encourag 180 end 297 endors 85 endur 113 energy 1817 enforc 165 engag 463 engineer 67 english 33 enhanc 762 ensur
760 ent 64 enterpris 72 entrepren 115 environ 166 environme 189 envoy 27 epa 40 equ 108 equal 174 equip 129 equitabl
131 era 72 escalat 32 especial 101 essential 136 establish 494 estimat 58 eu 163 europ 89 european 212 evaluat 42 even
30 event 154 ever 49 evict 120 evolv 39 exacerbat 32 exampl 46 exchang 286 executiv 99 exercis 38 exerciz 67 exim 54
exist 194 expand 827 expans 115 expect 56 experienc 66 expert 138 expertiz 80 exploitat 28 explor 188 explorat 45
export 203 express 175 extend 75 extensiv 30 extraordi 31 extrem 57 extremism 37 fac 159 facil 205 facilitat 356 fact
29 fair 114 faith 84 faith-based 54 fami 40 family 78 farm 30 farmer 68 feasibil 53 featur 46 february 55 federal 309
federat 33 feed 32 fellow 36 fellowshi 59 fentanyl 54 fertilize 68 field 111 fight 154 fiji 41 fil 56 fill 27 final 77
finaliz 46 financ 837 financial 415 find 45 firearm 45 firm 64 first-ever 76 fiscal 70 fish 58 fishery 52 fiv 91
flagship 32 flow 114 focu 213 focus 226 follow 208 food 668 fora 35 forc 398 foreign 252 forest 58 forg 41 form 87
formal 27 forum 230 forward 242 fossil 53 foster 213 found 50 foundat 211 four 101 framework 360 franc 122 fre 271
freedom 183 french 32 friend 28 friendshi 40 fuel 133 ful 110 fulbright 34 fulfill 46 full 188 fund 918 fundament 86
futur 507 fy 55 gain 32 galvaniz 28 gap 126 gas 204 gather 37 gavi 34 gaza 57 gcc 27 gender 218 gender-based 67
general 98 generat 258 geotherma 32 germany 121 get 39 ghana 69 ghg 37 girl 108 giv 33 given 32 glob 27 global 2123
goal 465 good 198 good-paying 33 govern 789 governanc 188 governor 31 grain 33 grant 206 grav 27 great 31 greater 126
green 185 greenhous 88 grid 71 ground 43 group 439 grow 200 growth 358 guarante 46 guard 56 guatemala 70 guid 105
guidanc 53 guidelin 34 guinea 62 gulf 27 haiti 32 half 58 halt 30 hama 35 harass 30 harm 27 harness 51 harri 114 hat
34 hate-fueled 28 head 38 health 1377 healthcar 83 healthy 61 heat 55 held 119 help 752 hemispher 65 hhs 27 high 183
high-level 65 high-quality 57 higher 45 highest 58 highlight 194 hir 63 hiroshima 66 historic 195 historica 41 history
55 hiv 51 hold 156 hom 111 homeland 41 honor 31 hop 32 hospital 36 host 280 hostag 31 hous 326 household 28 hpv 29 hub
87 human 597 humanitar 310 hundred 50 hunger 35 hydrogen 59 iaea 31 ict 41 idb 28 identify 254 ii 41 illegal 99
illicit 107 imf 55 immediat 94 immediate 43 impact 345 impl 177 implement 409 import 42 importanc 479 important 143
impos 68 improv 687 inaugural 50 incentiv 49 includ 384 inclus 84 inclusiv 382 incom 61 incorpora 40 increas 910
increasin 38 independe 116 india 419 indian 215 indigenou 89 individua 115 indo-pacific 425 indonesia 318 industria
178 industry 244 infectiou 47 inflat 76 inform 45 informat 377 infrastru 787 initial 99 initiat 50 initiativ 864
innovat 392 innovativ 155 input 54 insecur 52 institut 424 instituti 40 instru 45 insuranc 30 integr 117 integrat 215
intellige 145 intend 432 intensify 48 intent 110 interagen 34 interconn 27 interest 175 interior 32 internat 1307
internet 91 interoper 104 invas 30 invest 1736 investiga 78 investor 55 invit 37 involv 55 ipef 29 iran 73 iraq 69
iraqi 28 ireland 40 irregular 40 island 426 israel 133 israeli 36 issu 313 ita 77 jak 26 january 47 japan 558 japanes
61 job 305 join 199 joint 650 jordan 33 journalis 32 july 82 jun 101 jurisdict 39 justic 124 keep 109 kenya 295 kenyan
56 key 307 kingdom 140 kiribati 27 kishida 46 knowledg 71 korea 186 korean 55 lab 34 labor 183 laborator 67 land 131
languag 92 larg 27 largest 120 last 187 later 53 latest 34 latin 45 launch 773 launder 28 law 525 lay 26 lead 324
leader 1350 leadershi 268 learn 82 least 173 led 139 legal 162 legislat 34 lend 59 level 224 leverag 239 lif 51
life-saving 35 light 30 lik 107 like-minded 51 limit 145 lin 201 link 53 literacy 32 liv 180 livelihoo 48 lmic 30 lng
28 loan 119 lobito 69 local 339 locat 36 logistic 39 long 88 long-standing 33 long-term 154 longstand 54 look 181 los
46 loss 70 low 121 lower 63 mad 257 maintain 169 maintenan 34 major 152 mak 352 malaria 47 maliciou 42 manag 323
manner 75 manufactu 258 many 108 march 91 margin 29 marginali 30 marin 125 maritim 259 mark 59 market 282 mass 38
material 84 matter 30 maximiz 50 mayor 50 mcc 44 mdb 50 mean 44 meaningfu 90 measur 258 mechanism 161 media 87 medical
102 medium 55 meet 576 mekong 36 member 367 membershi 37 memorandu 109 met 106 methan 174 metric 27 mexico 196 micro
27 microsoft 37 middl 96 middle-income 56 migrant 52 migrat 130 military 231 million 1574 min 60 mineral 233 minimiz
28 minister 408 ministeri 70 ministry 110 miss 187 missil 91 misus 55 mitigat 194 mobil 68 mobiliz 280 model 84
moderniz 85 modi 50 modular 30 momentum 29 money 37 mongolia 57 monitor 112 month 98 moon 35 mou 83 mov 62 multilate
268 multinat 29 multipl 67 mutual 172 myanmar 40 nasa 46 nation 575 national 905 nativ 152 nato 174 natur 58 natural
141 navigat 55 ndc 31 near 187 necessary 108 need 658 negotiat 103 neighbor 36 neighborh 36 net 120 net-zero 81
network 394 new 1860 next 330 nigeria 35 noaa 27 non-proliferation 44 norm 54 north 197 northern 36 norway 30 not 175
notificat 34 november 83 nuclear 424 number 95 nutrit 87 objectiv 119 obligat 62 obrador 31 observat 36 ocean 164
october 102 oecd 54 offer 104 offic 187 officer 37 official 199 offshor 68 oil 66 ongo 194 onlin 101 open 480 operat
269 operator 31 opportun 571 oppos 29 option 63 order 273 organiz 488 other 60 outbreak 53 outcom 94 outer 32 outlin
80 outlook 35 outreach 35 overall 36 overcom 38 oxygen 34 pac 40 pacc 29 pacific 690 packag 59 palestini 66 pandemic
454 panel 48 papua 50 pari 95 part 260 participa 354 particula 215 partner 1198 partnersh 1481 party 96 past 79 path
64 pathway 111 patient 28 pay 115 peac 397 peaceful 141 peopl 617 people-to-people 76 pepfar 30 percent 143 permanent
44 person 92 personal 37 personnel 61 peru 53 pgi 59 pgii 75 phas 70 philanthr 67 philippin 282 physical 32 pif 34
pillar 60 pilot 89 pipelin 43 plac 102 plan 767 planet 29 plant 52 plastic 34 platform 168 play 132 pledg 233 point 36
polic 30 policy 544 political 230 pollut 57 populat 126 port 127 portfolio 30 pos 113 posit 60 positiv 53 possibl 95
potential 199 poverty 74 power 344 practic 307 practical 45 prc 32 predictab 26 prepar 157 preparat 27 preparedn 167
presenc 40 present 48 preserv 65 presidenc 58 president 1687 presidential-actions 40 press 80 press-releases 45
prevent 494 previou 39 pric 92 prim 262 primary 60 principl 278 prior 248 prioritiz 99 privacy 29 privat 664 procedur
39 process 275 procur 90 produc 88 producer 40 product 346 productiv 43 professio 76 program 1104 progress 350
prohibit 31 project 650 prolifera 28 promiz 29 promot 1068 property 40 propos 54 proposal 41 prosecut 30 prosper 274
prosperou 77 protect 623 protocol 27 proud 33 provid 1287 provider 47 provis 62 public 573 public-private 70 puerto 69
purchas 63 purpos 62 pursu 135 pursuit 29 put 44 putin 65 quad 519 qual 197 quantum 77 quick 32 r&d 33 radio 26 rail
37 raiz 82 ran 63 rang 140 ransomwar 147 rapid 131 rat 55 reach 200 reactor 44 readiness 54 ready 61 reaffirm 409 real
36 realiz 60 recall 35 receiv 72 recent 174 recognit 37 recogniz 410 recommend 62 reconstru 42 record 38 recover 29
recovery 179 recruit 33 recycl 28 reduc 451 reduct 189 reflect 125 reform 202 refuge 71 regard 107 regim 71 region 648
regional 672 register 30 regular 71 regulat 91 regulator 120 reinforc 86 reiterat 176 relat 268 relations 153 releas
143 relevant 167 reliabl 119 relief 69 religiou 35 remain 262 remov 36 renew 63 renewabl 212 renewal 27 repair 31
replac 29 report 152 represent 174 republic 312 request 67 requir 173 rescu 50 research 416 resilienc 579 resilient
438 resolut 134 resolv 121 resourc 427 respect 242 respectiv 125 respond 252 respons 425 responsib 227 restor 69
restorat 34 restrict 49 result 110 return 83 revenu 63 revers 49 review 105 revitaliz 37 rica 32 rico 60 right 594
risk 309 river 37 riz 103 road 36 roadmap 70 robust 128 rok 215 rol 291 root 68 roundtabl 31 rul 221 rules-based 101
rural 130 russia 547 russian 183 saf 301 safeguard 94 safer 30 safety 175 sal 32 san 27 sanct 103 satellit 54 saudi 57
sav 86 scal 170 scholarsh 34 school 226 scienc 263 scientifi 75 scientist 35 screen 58 sdg 28 sea 186 secretari 28
secretary 207 sector 891 secur 2458 see 30 seed 28 seek 189 seiz 33 select 45 semicondu 169 senegal 31 senior 110
sensitiv 28 september 129 seriou 42 serv 166 servic 503 sery 68 sess 63 set 156 sett 37 settl 28 seven 45 sever 40
several 83 sexual 56 shap 36 shar 1088 sheet 29 sheikh 29 ship 86 shock 34 show 26 sid 117 sign 248 significa 242
singapor 101 singl 39 sit 81 situat 86 six 42 skill 143 small 221 smart 80 smuggl 36 social 174 society 290 softwar 42
soil 27 solar 100 solidar 31 solomon 30 solut 253 soon 30 sourc 121 south 169 southeast 177 southern 44 sovereign 158
spac 373 spain 52 span 71 spe 29 special 117 specific 30 spirit 31 spread 31 spur 53 st 41 stabil 244 stabl 74 staf 53
stakehold 141 stand 149 standard 263 start 79 stat 3750 statements-releases 653 statu 79 steadfast 45 steel 28 stem 72
step 258 stop 43 storag 95 strait 28 strategic 379 strategy 251 strength 52 strengthe 1189 stress 60 strong 309
stronger 85 student 170 study 156 sub-saharan 30 subject 64 submarin 65 subsidy 27 substanti 47 success 56 successfu
107 suffer 28 sullivan 43 summit 787 sup 102 supp 824 supply 94 support 3139 surg 49 surveilla 85 survivor 33 sustain
131 sustainab 860 swift 42 synthetic 62 system 711 tackl 186 taiwan 44 tak 358 taken 60 talent 47 tangibl 29 tanzania
94 target 280 task 160 tax 74 teacher 26 team 63 tech 47 technical 338 technolog 1265 telecommu 68 temperatu 52 ten 34
tenant 32 term 79 territori 86 territory 47 terrorism 62 terrorist 50 test 140 th 47 thailand 43 thank 32 therapeut 49
thousand 61 thre 213 threat 425 threaten 61 throughou 118 tie 198 tim 187 time 50 today 337 together 791 ton 31 tonga
27 took 37 tool 223 toolkit 33 top 54 topic 31 total 133 tourism 40 track 100 trad 593 traffick 126 train 482 transact
42 transatla 37 transfer 67 transform 192 transit 377 transnat 62 transpare 256 transport 172 travel 84 treasury 51
treat 156 treaty 78 trib 84 tribal 309 trilatera 177 tripl 31 trust 184 trustwort 31 tuberculo 27 two 523 u.s 1356 uae
70 ukrain 642 ukrainian 103 un 279 unabat 41 unclo 37 underlin 39 undermin 87 underpin 36 underscor 145 undersea 36
underserv 38 understan 166 undertak 37 unilatera 32 union 165 uniqu 50 unit 3088 unity 35 univers 151 universal 66
unlawful 27 unlock 76 unprecede 75 unprovok 29 unregulat 28 unreport 27 unscr 28 unwaver 61 upcom 34 updat 85 upgrad
51 uphold 133 upload 54 urban 53 urg 82 urgency 30 urgent 104 usaid 421 usd 54 usda 42 use 500 used 95 using 115 ustda
80 utiliz 59 vaccin 507 vaccinat 137 valu 294 variant 28 variou 29 vehicl 129 vessel 70 veteran 31 vic 192 vietnam 168
vietnames 28 view 94 violat 73 violenc 203 violent 45 virtual 87 visa 32 vision 192 visit 150 vital 85 voic 40
voluntary 51 volunteer 29 vulnerabi 47 vulnerabl 141 war 241 warm 38 warn 78 washingto 103 wast 47 water 203 way 190
weapon 123 weather 47 week 88 welcom 559 west 49 western 59 whit 234 wid 40 wider 29 wind 106 women 590 work 1765
worker 243 workforc 253 workshop 65 world 678 worldwid 44 worth 28 wp-content 53 wps 38 wto 81 www.fema.gov 30 year
744 yoon 54 young 96 youth 135 yseali 43 zambia 76 zealand 62 zero 127 zon 37
"""
