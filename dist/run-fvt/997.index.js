export const id = 997;
export const ids = [997];
export const modules = {

/***/ 2997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkCompliance: () => (/* reexport */ checkCompliance)
});

// UNUSED EXPORTS: CONTENT_TOOLS, RELEASES, fetchDebianPackages, findRelease, fixedRules, harden, inWords, mergeScans, parseVariables, readDatastream, remainingRules, scanBooted, splitProfiles, waivedRules

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var src_errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/image-folder/src/folder.js + 1 modules
var folder = __webpack_require__(7514);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/packages/host/src/staging.js
var staging = __webpack_require__(2463);
;// CONCATENATED MODULE: ./build/packages/hardening/src/content/archive-key.js
/**
 * The keys that sign Debian's archive since Debian 13 (automatic, security, stable), exported minimally from
 * debian-archive-keyring, so that a host whose own keyring is older can verify current suites. Fingerprints:
 * 04B54C3CDCA79751B16BC6B5225629DF75B188BD, 5E04A1E3223A19A20706E20F9904613D4CCE68C6,
 * 41587F7DB8C774BCCF131416762F67A0B2C39DE4 (checked by archive-key.test.ts).
 */
const DEBIAN_ARCHIVE_KEYS = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINBGfpPhUBEACnIlNQO4hEcoTe6/fkasYBgsIYoZvKfOemGKVAO+v+wQJ8X8DM
4ffT3QrmO291LPwsmR+sGfMStf9Zbuv/reWsY8NCOTDt98RFQWG5OZw0g1TOdheM
nO43wfTJQNUyOAqKVArXrjvPKb472KEMQckvvccUoVupmcfom2Eofgqk6Z+aRfof
VvhT6BQlmE1hb5uGRibEqm0RbDtUeSgs39pSGF9gbfCw6ZjqxGJHcSJXKJCJu2Us
wddueSJWj6UfHfywPbIuXYx2Ypfb6RDx/kbkJCK+vNEl8FmD+6dl8hY4P+RfI/0i
KWPaWwg5J9ohWk5kjL65BOOQ4uRdq6TNeibOsS5DKlp0nozseaAUhDWsepY7k81/
M9iLALV3cNExQasLkdGprSUjY1fKlpNnFZ/jfQT6eqR50dptA858d9+0iost2F40
fGd5HWuA6GJWfIhMCEwcf9aiRYzmD67Wie6agxF1z/PK3VGGBdmbZzZTMGRBrt6a
yTEPLpbFUJvkLtf9vLcvkGS58OTFcnrqFCtEzQYCfYQvmdJaRHmOR6r7k2epBC6e
Q81h27TwhhfGvCuX7Hl/qYIHH37MMXZBonA7zICBI8b8EZOGdib2IjoLgm9Ez8Vq
5rpTS28dMRDz5/MDHqSAy3PB33X3S+sTDc4K567FS79aMpng57Qg4plqEwARAQAB
iQJOBB8BCgA4FiEEBLVMPNynl1Gxa8a1IlYp33WxiL0FAmfpPhoXDIABgOl28UpQ
ikjpyj/pvDciUsoc+WQCBwAACgkQIlYp33WxiL3tYA//ZZc3kZnfHCXoUIYPPFcK
C4oA/HFKn3HnRiN+KLbcP1naJ3X+0TFLw70r8yDo4+2zGlu+vCbEhSVdO2Gfxdnc
MpiOWcPwSiKk/x1yCipnPAMJN1OAo2oEjDvhTF76mgOIJKtDnSu12CLKkSf2az53
r06T1GHaJV1Nm0rWTWhgVbk8Ir561gAn6nz89qdCUF7PALFq2L/55yt1E1YL7wtZ
cbto3SBH5di9OUJGCTrEIPnxf0DZSny5LJXs6lKEIMnvkQrcitD/Lw/1BT3wLzeZ
mH5Cpr9EM9WyxJxbZFJeAWfgwv8JcSqpwlphV2wnfOFBKt88vbJDPAaTSUo2z2mA
f/Ps9V/VsgU4hN9cGcBCTl+SaZHQyf9Hm54DSmr9L/KMAk9/7tzrYdde2F9L8yb7
DQ0aw6CBn4IjpG4fDEIJQQisBFluTB7Od0lA1CAuoMYjmonUvES3RucM8Yeote9b
jf6KTbfcmkuIyrfLdUsz7sALuvdNsiCLq30zOBhKq9svkm5oNSSaTJ2J4ILOEthC
ZMT9sJ039tFZxvaBEQS8W8gW6y8eQWSVlixj65PJ2ck9jABEmRwG2YW9UKSFRtRe
WF0WpY3Ijj6fcDJIHpThZ6Sz4HUvGr7jvcs8qFFZxEb111xbwbQsGVBecP3s8Tcn
zVO2S+E/JbrS7xTyUY9xmGSJAk4EHwEKADgWIQQEtUw83KeXUbFrxrUiVinfdbGI
vQUCZ+k+GhcMgAH7+r21QbXclVvZum7bFs9bsSUlxAIHAAAKCRAiVinfdbGIvYTF
D/9zy9LyYJ4+zQ6ycKffsGXGLKNkAp8L7KS9eZAS+CcvRAZQQHwEFGaFeuRUNSA5
Z4tATh4IY9w8ySwGHeDE+Jat68YZ+mV7loig0RROew2WYkr5xSzj+0MIzmS5++ng
Zf6S++5VwJAEmuG3aAlwiL2BJuk/wn4fqoeGXLM6gOaCnCJO8TC5lmJPhJPwj6E4
gcE7MS7BfYRKd5emOlI7m2FytuQ7eo48IzSlkODZJfuv8rnKA/TTNQa2U9Nrl70U
ChR+5QYeAOuxJ1kw00RYOmCMAR346f7/esfYeMyM5ItG74xmYGLjj4PStAbHZsOx
o8H82KG0pjadVBpmZAQgI9lN2QWO7kbRz55TV5nZFZaP8fJgYl3BerVuvHamowrS
pSz5mVyBpb9JJmOJ2pUwSi2wQWvp5yT+LMh2Q2Uhm/3Fk+q5lRIxDNfPukzgem6W
KxfEfMDjDjDKwjeL61JlLJrnllmylcrt/cEvsyzdbkpDjTVfsKtUIk8K2+aY6cqb
dLnezBgVONuGGdunRvVXSKiUTngnBSKcyGsSlJtH3TxicEBsTnFAplGA5D7GPVPF
7XEEYpBifKkJz4UDH6cy1qCJBtOUd9Dsxi2hQxfzOHj41m4lB61yin5rTnJjujQw
Wfh8bGz6Yatv/K7Aejdj/DbHEDf+8ixcYfNxAQ1WpynrqIkCTgQfAQoAOBYhBAS1
TDzcp5dRsWvGtSJWKd91sYi9BQJn6T4aFwyAAYyCPe0QqoBBY54SEFrOjW4MFKRw
AgcAAAoJECJWKd91sYi9Em4P/Ag6yEfyxoXvMl98IVUA/GG8fv0llOIJsKqSMEjB
pCFfPOsXWDvXv0zJNI+XPgzAPMCd7R+m2VwcDwHyADtT+Mh6fubZTzbPPspX7LZs
CyD6S93LZxH+vIMcjuiwKKb05ZSkaPLfwTYMeqN+oc11fDXjU0mQ5vC0M6qhxJLM
2pIeTD7sVxsXYyEHzPxem01eqXyKhJFO7Cgu9sUYhzcVoPEqzDV2/Gd6ih3chJ+M
xnMfq6Kmc1kTpstCMBbmQVXafY9roM+bFQlIiUgfbGdDFk98C4+C8IA0IVDyl5KI
o8RRZ4mccgbt+ZBVBkr2jMoKd+hFhlbF0aMG3EKPoZyb/Jr/6Q0kqqUke6stNzOa
zxftoulB3vk6x8eI1jRELHz5VM01nkr1A+cmcgV0J5H1g6M/4NOLveCfPmGyCxGo
SyWFgiagG4O56AdlhyOm8VjqGN4VJBbaGltT9iIQB5xD0vvhZvYbXbXtxbD/j7TU
yYp47484dBdTRLqyUQAS9ICl6xoB3aYem2aQckSc1xAL7pIIHA4CykAECa/wZuYk
AOLDICM74iMNIZfdH1CLg1/geBiON7/kqmFxyOJTNfkS1oivQvrF8AWUZYLCQ5IT
mI8fcbXzJXnSHyn2ADj38GaQkPm5YJkKMAwmlolnzt86EnuZrIVVApx0NqjtDvBT
NMcLiQJOBB8BCgA4FiEEBLVMPNynl1Gxa8a1IlYp33WxiL0FAmfpPhoXDIABMJkR
vqlm0GEwUwRXEbTl/xWw/YICBwAACgkQIlYp33WxiL1Obw/+Je3ILeG7tACNix/y
cJ86Y4ZTrCp1WtrAHdZtKqH0WO9+BuVjKFJU2d3R+176SoKs1X5+0ZxptnzlVIZG
BcKn7IVk2g6k8GV+lPoR/WyhPxLqH73ji+g3Zod4PKnSXgj5JjoIDe8abXCemAd5
j/1aqANdxG06h71+UC9NSxMzvzeDQQvAkToNmy51A2gqzBKDGO5n5Eafw8noVHzF
nZrMcXIe7nkG/sF5601p7q8jOVeGk+Z8fD6v6xl+MJupX8CuQ5fGKFW3nmWojZNH
5yM58UnwzJGOBg70CoSuAP7kOGOtWa39RS5W9O1zMUe1tKpVP1qGrcmEOaqmkc6g
uE34i0ZEBjiet1GwLWjjgmXGLgTY/meFmUIbCVeKi0hmr7SJluHk53NVvf3QV9Dd
gs32Vz5xQY7894FCH7Di8sFNYofyxw15SZjee/Usyc3arQOTF99VxOuLoU9lW6JZ
rFISyjZ4Hbz2UpxgpYvQUK9Yj19irdYWY3HGO3LnguOFS/Q1Mr966Ca46fSLCW++
5XH9s51xzk6zAyW1a5u7xqYnC8bu3XYBc713VMYPexUeowl3ii3Tp6hb2g1NLxd+
7IAYaTb68FmwwTRjUwAwh8NTiQv0ezTFe121hs3K35AH1vp2CDkIpAmDACWWudjX
l8UhKsPMAdzJIf/IJ8X1fXTgpK6JAk4EHwEKADgWIQQEtUw83KeXUbFrxrUiVinf
dbGIvQUCZ+k+GhcMgAHHT2rJ6TOzBn9S8z+kWexnFbBwXwIHAAAKCRAiVinfdbGI
vfzwD/0cjeyFVVS1j9On9v6LKDEWASvlFoGelpHah4vVuYVh5XrnlwmPNY4Qw+iM
pVMHhDwqX5zD8tyJypBb3Jqzq04Pho+lof/qBgq9wleyWaiazSLi2/Aw3ptJG+Qz
2uIzEVg4Lmqz+tMUbA6FmOCJfKocA2Qrc0eJT6pLZ8By8GTzMyEwTgh+oTJuyFuo
V7ZZmAmUxI3c4t2c5ixZNxV5Kz9ZIvvkHCPHmoAzDDKpp35aFNlWRxjWNvWdu/7B
/fMEt/wI5XfH7YzkpMp2gbW29JytrrKkonO434qGz1P8x9iMhYnlmp9bpU0QWcV7
ZADE+VDrfg0y8xR0cup+23DelHgt2AYHDZWo5D4UicAxBMGVeKzIJ4aflGjPhzIe
LvuPwwUeBtJshJgTTxDKqmTrPmc0FgE1RPz/aeHaIpuAzQwAjUKiKjZcW67c55Af
lnBOyUyoQxzjlAmcDHv/AHLh3lfvNEETep1qIu5G2hZwdVYGDd5ejvTReeCBNvK8
7UbAysWU4n22lKobXLU6/MOgO9JwWKclESXgbRMc9HjzHvlahh50L44YTtDiP6al
kG5JUxu0Sjx45xRabl+okFXaz4tx/JrhzcRvS41yIhNPSqUwhrCqIsjgiAlIraKr
QH/nskObNpwmqxgrzb3NMTpi1OuI6s3lt1aguInL5qaC8Kz2l7RHRGViaWFuIEFy
Y2hpdmUgQXV0b21hdGljIFNpZ25pbmcgS2V5ICgxMy90cml4aWUpIDxmdHBtYXN0
ZXJAZGViaWFuLm9yZz6JAlQEEwEKAD4WIQQEtUw83KeXUbFrxrUiVinfdbGIvQUC
Z+k+FQIbAwUJEswDAAULCQgHAwUVCgkICwUWAgMBAAIeAQIXgAAKCRAiVinfdbGI
va2mD/9a4QruBrK2CR7q2oIJBIZBk4dgC3HJVGSFdldGHfeDXaUad7YmAbOxzHhG
Emhq6L1SFMM9oOVgBasGJiY2lz/j3KUBHYvyDx1DMKls6MG8t4yqZQRc/QdOfB4L
S9SBLKNmJCM8yLfqM2dXvMU8BRzYZY1HX3XE0vYlLvf3Mo+gYvhvuGxR/Bxmm3DH
zMym/H6umA1/PYl+16Qg5FpgSC8QncNEuY/XwWbHAVhp1ypk74r3OqtTHD/4sYVK
1Kanyu7Ge4xWxcjWc0LjBVsPc41dZEPZgvM7l32cavBAOeKBuoEw2LvWqZHTYXR/
tHwJOZnmdCXSHyUlOVOx22tALzZJRywSl4m5HjJoWNZnyOiKR/VgauZYqrnE/klH
2qN3epndE1V+ZVqeKOdUL/w2YayKwlWKgIdaNbFYyxu8M+YR4InqvIec3HLVsHzl
H0JEbWSJIsFv1xs+lU/GHuuISozp5cq9nSTC1M41+eBKA5wQFVhaQ2HNC9zVDGX9
pj5PmL+BZts71f+s6p7dhwZgvjaaeK4PtuTqOVwI02Pjrhpdj9xiSHLJrEmOf1nz
TFbT0yOsLJNdrjRC2WThfqj2HPch0vpJUsraShcNb1ITGTdbeGk4D0JYY2DRPXop
KKR2rYRjimtE2KIlfn/0P9GnMOH7kb6p3JuF55jTx42W7F//ibkCDQRn6T4VARAA
soJ1ixqCJS83HZRqKj4pS7IEkG/zzeKcPqN1CTH5ljbR7pYVZv26UK/rrf+Dzq6d
fZMWmFNLQeb3DzwM+T6RtNJMOO3ONlztFgJ4KvmfHP1+6Q7tKaxok1x51n9KyDR1
5+NN0jexCEhgpUok4lO5fIzoQpVMt2W1TTGBRs1WuVXwUs6fIu0AXAB92EvhXRNb
0ECN72dd09ubN54IU+gBwpk50kXR43RKCmPPxaU05S3Psd0N4uaqlGMMI/azndhb
cmfqbnTiFvwkF9PjxnjUxpFZLg4ggPAeL82fJycjJ6EPAHgy7G/T1ZMzwi/TcLQd
Fq2reZnAKtNKEBg9yfDijbUR7se+nyAPzNVXpo8Smwu/ZJxnwmGjrcjQuzWrI3Cp
ziS7suQ5TZ515F6ZkAjun9plnrbKu6lAGWltNru7EOEC7PsyvnMM+RXJ4uS6NBUX
7FnSFRmCY7cWWWNC4e6kc2BEr/yiIcZ6vCIpvv67Vnx6z3KvYY8pBUN77WShXyIY
QyTIOnDYfnr/iax2/tkXBJ6ILWMch5ofRG9Ikr2De1MYvIXP8HZp+vpfyf70q416
zc/H/ZlLePDIy6ZLLDD1R3zNpj2i6KgSDT+80t7lS2eZmmFGkSQ05IO9nrPQxYPb
dw8VUgsLD03rfDA0TwxBVe6tnA106h6FdCc62xXFgUMAEQEAAYkEcgQYAQoAJhYh
BAS1TDzcp5dRsWvGtSJWKd91sYi9BQJn6T4VAhsCBQkSzAMAAkAJECJWKd91sYi9
wXQgBBkBCgAdFiEEuOXxMXbSp6dSIAKAeNujvEfvImUFAmfpPhUACgkQeNujvEfv
ImWm2A//c4R27cVqX8RSoj1QeGfuLce9x36GDX552Ne9PgSpn3216BZjP9y+vAp8
VTTnxyzMmlGViKNQTAWri62nUkh2h/EhIFjXZzzNCqz/egCjh/QpBdNbILCxn8gP
oF8BH+xfFbJI03jYC3brk1c70iU5cYL0ML/jYkjb4esh3alAIqjWOamhIb25usFm
Y4i+29pOcJTJDwXdSv/tvl8KV6a2Bd8a/gWnHATpo1kHyA9kiY6ZmPr/w++/S4d6
YVlnifkvMvTVXIvdoPit0a7h0LRPQ3ySxsA2cI3FJJ962G7xQYtOr8bYwsGyH+Da
Sj3hyX1GYBlMmL43t6znlEVdztZcNjYH61VB9wPaPGbruW7lqb3Ekd0hnf9xZu/K
xYK/5H9Zflux34R9KzCufk+J9lDIGWtNk7xrNuVHBTkrtnGXuhBfni5abqBqLP9X
CAusm+orOgMI26YAy/KckFC+eeCc97nTVyJefqbJb42HF+4qoqT3RdBy3QBtx5pn
JZdKT//B7A7xEJNrT+uXkvVRsNmL2cqJJGOkClUqPH/kzULvryq6HIgmot+EMcdz
7vHpt4c1/79MtkZsPzjNGC5cVTTlf+IL0tSTZZ4eRJmoCDSdJVaRCXSwyanYPv6L
5Ktxbpy6UcJFI3WNmmAlP5VGWDmVwnMdM0KulPq8sTH1aSWea1pxxw/8CE1mm9B+
ax/Ro22sHZMvM5SdqtmucARQMqfwSxhPUl05d+6URw/2gJY6XAxFbTF9y5u0ftcL
Sxs/hSIsepMoXHOPAhp5DeZsP6JokkxGop8EJuQZ+3QWd5qnOmuLe5obr6/eet6o
lEXdMtLD7Ajq93hnCfTx38BNIpq5AMDYcwqpnkP7sa596u87lKmgfwcsONtAiZO/
GvIYzuXumGU3aQLiJqSR71txJiP4J13j3Gm44ft9M4Bdhnq+6UOb9kmu+gR6CoWb
Lu7aV7FQKNRGjTKydRff24LFz57oKM8GMefWRbRE+LYKx+RQvFO2rPg8zfRQqtq4
ji3RNxRbG+zmn49xlovvRVwQyQ+lTUsaRR2rWeGtyuiqeOn5fxtRjQOuUrCsNjE1
XdQd6TUPtByYWluW1O8Hfzk7EVnQFyd78N8jyoQ3Ov6E8mA6Oxw3H+l2nt3cFa0k
6MkZAyNvYFk795TewfSx3p+seN4Ktf+zEm/btoromkj/K772HNhmokVnH5IOGHrp
NSfapoDoh8oQPXF63DJXgmkBeRNae6HL4TrKNf5WJ3Hz5WMfrymRqSuBoWZNZDnM
8jAv2Xs5NahvTf1xqGtK7fiwTDS4haG092Y+rAA5++uzHdMjmnRIGAf8U5sgEqUC
vVfi0pLm9xCzzyJfqXMzBSUwVzHvfDA5r1CZAg0EZ+k+XQEQALKh/pv4sCTFIeJN
lzRECOKU22yHGGo5KvmGsCmMB3IsOdRYx/ian9TK0UocJvNT0f1CRhcvKvaYKW2S
dfn4DbyJgdnNLR5flcwCZpZ2q93giQBv9LDmTeEVLIVN/QNRbUbw7YDBPC2wLSxf
6MPILO37MGnYBGdqyeb7eBnzmIGaZaStl/4cOWNqeX8EdETknNftjxL8HvY0dXv7
6bZ2oKOwSRZkMf2HIjTxzJvP8qOznAGdW6PUyqVK0q7yQM/+tHxzcpp6HAULimJO
FmwV7/RKC2J4vL4G8uztthF07pILnz2w8rnn/IaaHk0d6dU5p9MLTb2nll0Xsow8
meYajmEipDU40EO1XM9CQ07fOUaz5q4Q3VGbQ8atEp3gthu4lWKSftejRmGs6ehz
MYR+YoBCZFV9a5KhfAf9efYPARJNfDHWu4e5dxjSGIZ2Z9ZXAmCIFr4+GbUWPnYB
G/Nywg8zohv6eKDNxKhdrHdCuE9rNVRo+fs8/LRkR7+oo3fWo4/WIIp+tzhW7KSE
Rqn1lw3scHCpyYBQEiadanmQkfgp4OGDg19Qq5ESY8XWnIHNVcdAuLd4FCr78bd+
MmlUo6ZSPP/q5RGCdxZ4Pj1EhNp5pfYeCHmqkFc73kgaOnv6eQPr8JH1+NndbsMA
LX3cfDVUJf7zOsIL1NnfWnFrBh57ABEBAAGJAk4EHwEKADgWIQReBKHjIjoZogcG
4g+ZBGE9TM5oxgUCZ+k+YRcMgAGA6XbxSlCKSOnKP+m8NyJSyhz5ZAIHAAAKCRCZ
BGE9TM5oxvRsEACXI7vjsOuAzahp/ltMHOeUbXfznbU+CRzlC3OnA1nDSfYecnHk
pFAFuuvn1VoYIWe2tbqa541LxbPzo/Kk9SXk5mkaT9ajXnHlQ2S+UyCnRX/xIreb
/r8TI+S6Ff39xvQyI32y9sPNhdHg35uAWeSJUgJaT3Y/3dOKTt/3chDjRPMCVhyM
NgqOjTX3H6kZLlVjDRwgaO2w2KNrCIYMjJL73M2y8pSaeawIEm4z17Z0veLPan7i
o4L8zIJI1n9XxxPsON8mB8gq0HIOKY5cJZYJGfy6Jz/j2i7yBjza2IBKPsF2aCLo
Wy1KH0Vf4MF5EyRHIALJ3TSyrk+cUpaqtwSy8M2jOpEdUHOeF/pdpIRPi699aQTz
jr7waWc2Qkjk8YOPejuLxh5Bg38YoXJ/lhtu/MeRkanx308dRh7I9FSYriVGLQPY
z/bPxFODxHfRsnU4dmgnwlaZ3DEmjwBgYuWabi4sOsygW8gvKRW9PlNfevxnDR9C
i8kghZtECQK0RYfgArwpQzsHRbkXk07/IMJL3HFysrhA/oDvocwakdN6w+dA4lA3
aYQynwYSI91X1oJSb/j22Jtz3geqS5mGH8YyNJwoO+GrtZzEz+qs0Zbh3MX//EbU
PBLxB+mEHunFbylbKD5Q/QJLRe95TOl9uKoKPg1RgN+5SuT+2xCthABl0YkCTgQf
AQoAOBYhBF4EoeMiOhmiBwbiD5kEYT1MzmjGBQJn6T5hFwyAAfv6vbVBtdyVW9m6
btsWz1uxJSXEAgcAAAoJEJkEYT1MzmjGlxAP/1DOszY4LaOu8UaCLPAPu3eCSxJS
IvneHvtLFf8Yki2PJADfkfchOYwr7L1PPXMmJHvd5xdPsd4DOa6IEa/iBSwMeY9S
Q0dZLvL0xq8pxzPMziD5pT4SRLu4UE2X7nnmSwsK1vTmhqrIZMHdMoWvj+bJduMl
F4l8zcGgmaM54xSgmE35o5hoZ9sbOzsb8q+XNraAaLYb2ypQccsjcs3mLrip2bhS
TjeQAGus7CwNtm26apwOYM4Ji92QGIvLGuEfWITZurrs7eOV5+rbx0N9g4QVMmRg
0zgyoTQUCLaZ3xe7POoGiGbBiMbKu6bX0GOY9k0Q6W1vCvxORLXkBYGGPDauhWHm
v8Asg1IMRp27i/3vBbggw+N/UVUxMSPX7q6p06yqstvYVVRwdr1dYill6cn4Uw2a
paLMg/7LCzNovY1inft2aPQkGaU3ocogPwae35cFsX+32uPMzBaIX+6p1STm6CQj
rlu91i+DQdD3NeWoxlAzW1TyNrKMkQVD5uFnG+jxuDlnmqohUCqeQ3WqD/ghk0cU
oSfLk+/Eg1N5GUlLrTci0XQaTKdE5GSLb7OvcDaaEs5w3VbFrjB9uxzl/E7DTVso
cOwf9wWLEzEV1FJq0OKgSsbYli4Mt9gFJrN9XnNyFlVe+Vuy/91hLRqBLeOHRx1P
RhbOzTf0lTqpM52BiQJOBB8BCgA4FiEEXgSh4yI6GaIHBuIPmQRhPUzOaMYFAmfp
PmIXDIABjII97RCqgEFjnhIQWs6NbgwUpHACBwAACgkQmQRhPUzOaMYt5hAApgPz
tC1uCSctxeSNAbUCpNBx/yTRY2AEg6Re4KdrjdffycmfLkEUcjBNlSHbC9cXGwUT
4gFqkPn4eZr/jw/DR+bjEe/G+3GxKIV7/3VtCGUJ67JFa6ReU80znGEiJfSsoPsr
5AwfWDLB+7TucZgHaKO90Gk92nS0cfLJhln31VUxHtj2p6W1p2NYUqk9S5s4oyQ8
yG4YwkEwZF5jchINSkbuV+m8wHOlbrYP5ahpzs/NVy/NTYOFpORxisuElIczdD1n
7/g3q3R5kkxlctKazE3iz9mgbWnKE20LJ85iI9eHvN/RaooogZlqvCJ67vX182Fs
y/lagtggQ0WSW5hYJb+AcKBy80VsBHACcWNZvrbHVARWSY2wF5ST/Se7RvBtGidD
0psftE45Py/mloQmBuGAQJZxM7qm7Qtw8Phd1IgsgNITUkXVU3hihfBEyLk2CUbK
+wpdAl8j04Y25vmQpDX5uV2wyQi0mrxnYC1UZ080oBX7RKxIU+nhdtWnHSN9J5ac
aXISBLoAL5iS9m1FLaVb2V7soV8csQuzkuL1wpp3Q/Qt7GFByt/yWH7szyMnOhhN
5x0hED5O8vsGBnIHyRWzr1HhQzQmy+P3hly43rKVB+/tASKBxPLG38dbi5DDZqoD
wQsLnvKUGQFGiml4RMyOVCufjX3A/FtjlOocWICJAk4EHwEKADgWIQReBKHjIjoZ
ogcG4g+ZBGE9TM5oxgUCZ+k+YhcMgAEwmRG+qWbQYTBTBFcRtOX/FbD9ggIHAAAK
CRCZBGE9TM5oxiDgD/9oyH2jpGS678YmYRnz5YhhAzgJmjXnZlZ2FxcYe0XNwrgm
z4KSpA8LfDfJviW4lgAfN1ci2n8FFEclhzoYRWPVWts29HgnJ0Rz/DdczoWFa2Xp
yRJRJXyN2bU1b4R2Gz/AnFENyPLAJqZ15/a9CDRVAnAdEy8qIDC3MuegTxOv3g42
neCaJe9J5/+ty1C06cx9OZiukZ5QbaSnXMJODFGAtBrN0kx47LNo2grjANPL3hOQ
Mz2KsDwvAt7ovkmoQIHyDmUmeTaL86YI6PQQEtrdb24VlJiuQuhIKtsiR+1597dS
P1/RrQCKMWR+42Bjy12hgm8SZb68CVa4+TE0lu31Sp7TT0/QkEUCuRz9hNXQEnLF
Gwuwfza9C+YbUX+7aBImdLv3uyBb059ep6XII18TMPyd+ONB5Flx8EqUHXKQgt19
50t9ga6Sn6UYONrcsTS1AoMDKDyHJwbWh21BZLt2X9srfK7EkhaW8MvJlisGdivh
i1EH29oea3NODYh7Fe6v62AttzYkCgzQDqIY+DykBtPMz3pkFJv50J+0jBXElrmm
i4bA5EZxzdP6TX/6DQV27XHru6BY1Mv5EUwtC8W1dHwdMK+OUd5xW8Bnz4yftwF0
LiRXNd52801NyH11UftU9O2ev6VyBtZ6QqcnhtmOZ4Hu3t5qi604DwuB4+sbdIkC
TgQfAQoAOBYhBF4EoeMiOhmiBwbiD5kEYT1MzmjGBQJn6T5iFwyAAcdPasnpM7MG
f1LzP6RZ7GcVsHBfAgcAAAoJEJkEYT1MzmjG1/8P/AnsDdm87QbxB7Uh2mPxWW9e
v9KyWSuUls95tXwOM/UXkvv4aCpWpfrsgPZM/VqWFUKKXN65PMEcfovK0050sOry
EIHMntFrDShQftdt0JDzfzANM/N8Xe0VgVjvgrj5744EKjSgX0bAr1Edz/LeIVSe
ND2tJWLaAu36A/Oc2E2xX3VE7C65YYhFdR+oMdbtyFkLiDXxoRYz66apiRI/01eR
fXRd2vwdesLTAt+aLLyk8s2vwiOzFIzeOAfDzWxdDVZ+ZGLSAnJLIJsoy9aN5u8U
4CEzuTw8KaASugg4ncj4/Jrc4cwoMpqVuUhPYpi6psJJDD0lRMZ/kUyjpIlI5xee
/u326p7DV/LIspKuE5bIuioxwrkFN2P4It5WVV88w0zPRh+Ro/Vrr9OSAmqClhmY
vo9PKYDN+UXIiCyMEHTXzEcbtErVxkinIvjHHiMuXlrvjALvKLvEqDvvzOdNL6pa
nyGQF3CW+MO6vxeVFtGmfrDZhAv/jaeMgR5mlnJcHb2bzsMrEEcl26TrQ/OkwSCj
xHcgRj4wAquyIsMpxjD9F0B6VAynVEbWzNH46LPMwwMH8orWr5dfMT6rB8ergkmB
NwvJ3aYuTGKHDCu0sQ36Hw4hLk+Q0LzWrrA6TDJx16rUY8mMSe1HFuFt4J3OJY2N
f6OKY52h//hRhb9MIJuktFBEZWJpYW4gU2VjdXJpdHkgQXJjaGl2ZSBBdXRvbWF0
aWMgU2lnbmluZyBLZXkgKDEzL3RyaXhpZSkgPGZ0cG1hc3RlckBkZWJpYW4ub3Jn
PokCVAQTAQoAPhYhBF4EoeMiOhmiBwbiD5kEYT1MzmjGBQJn6T5dAhsDBQkSzAMA
BQsJCAcDBRUKCQgLBRYCAwEAAh4BAheAAAoJEJkEYT1MzmjGhEIP/RypFSHR0ylO
4kKyVvC+HGcBvZyWPo9+Df+Le6O5ob1OnAjWkPYVLjjZ1HkyPnGU7Vy9UlcYAGUW
nWI+QjgzeP0EkU0x37Mu1npcgnJQ2vRmZ/mxiJY19elVATWQ9gJF4P32kExe3eKr
quD+mcp8SVwt6xdQ1QazkMG04xzZmLDt2Os67iJOSyz0sXshlMCuhGrX2+0oFWl0
jJFy4a9/4rQROO0XV6bk9voGmym7y/7PWz9ti8SgsZuf3kwuNmH8bVxVAtIQ2QOs
KoD+b+Ze9gDRFUOoyI+YB1lmIGnXn/bLm543pzenHTnpLqh/Aihw0YBPErtTXPuZ
xXxtKp2mcs3yhp3+Y4KKgMZM30IEsL2CVRVNNVAISdJC2MWooKY5lz0KLCOj+64M
SO8hT5FF33NdBtkEKYiqyqaWoUtZpoQsGcIpRtXULgqZrBbDS5UlbhuE8mp7OniA
1YGjYfvAG0AOXkcB75fSnxYMAZPLKTN+qH/AFpBtE9yeHTQ1pVAjF11yBDaSf8uO
ySyCvkvKkO2wqOGMC4ncGTeP7w5OLrGd3Y7gV72MMInnxVfhGQ8Z+KO/IHXKCB5m
peHKTHamSveUEOQzeSiiweHrRNoEcx6K9i6mtuGIp3QcMKx6QCe1kXL6gGgb3PLc
vYmBiDADtctWDK2pIaDdBU1KwF6ST953uQINBGfpPl0BEAChBbWGxo5+KUAHyz3D
SblZpFjzv71W1DNuceRhNfUOUsu3lZKeI1dd3jchp367fmaC5+2rsg5AiZzuGwmh
mFtgo1fB2ImCPGXuafexKMrJzpLIJm0YxZnNzWauEWmZGTui4UjZ6DjB+c0UvapS
hIoRxBCgXckTO+w4RgcE5/aakAPh6PD4GyJHX8zAUZW21ZmS9NdNj3K4/8uBcICI
0mRhwvXBFz5PmBOPY9n5hI5iKC8cKR8F0CG1JRhtNsThx0S09fT+dQAnGPEo2PTw
Tcxji5OGHcWYfM4qMnfuEAjOGMCYh6GkKDzWMhc2kropnA0P3464dK2sZ4peVOp2
nx0m4GucqdtohZ0Ud9dJOchrjaS4Ob97s4bSti+cd0vboPxnZqi4i8GS2jvFBv8d
kKbvn9Q4TNJdx/r2GBlBxgHfZZq2P77uGZn1JjAzKGpNpW4KUG3p7LOsxGDUP1kj
KbNryq35m/BTXIhDNizwfdClwVmKktFdApTpcHPlk/tIu3c1fOfmXZtkWv8oDJOX
D0si2rabrfodCU7fRTOLRLc8pH83S/HSlAr4Fe6aAQMzzddUpG5uNDBgFi0tBXB/
Vvplz0P3t1YfdTTrnnWU2esYqIi/BMu8iu/yTe0eT8PFNwJLi9s26RSntD5blAlR
lvTh0lsq8ZOQbzNrZ4XbISgmzwARAQABiQRyBBgBCgAmFiEEXgSh4yI6GaIHBuIP
mQRhPUzOaMYFAmfpPl0CGwIFCRLMAwACQAkQmQRhPUzOaMbBdCAEGQEKAB0WIQSJ
yHrOpd1rjmpwaICOn4MSBbS6lQUCZ+k+XQAKCRCOn4MSBbS6lcdwD/0fjiCsFhl6
usQ9iIyCBdfiNaRpvH490X2Fqy/frRGwoya+DR8TMWQxomMAv+o2g8VPA37DIyIk
RlKfaYcFIYeGwVZctJkpbF5gonfILSgnzEtaBUEys5Iv5QlGc2AK8rBAJlC/0PfZ
97xCYzF8DNk5PIfi+f+8qOhRCXQyY2nHncuvV5gWmmhxS6AZyPOtjVv0Y085gEtd
8pVt2r46c5k3xryoCO5beKfa3UIlg/VWLwVpT/HpSoE6/oUIlM1RlJN7XUb/JbY3
D2K/ksKATEkXYLpwVx+Npt9sSDrGnpLvPi858A2uSYqE7ULj9s8W3wMwvuV3mDcD
uG7hgfONq94daKUEF+/3I8buS7a7+8n4lJs5B2jQ+FLKHLPabyOpc0zYZKrsDBKt
ZQCZArtHgl2QE06Azxg2SVgCl00Esee8Hiua+dHwKYRAVfiPQSOfmL4PzcubZJV1
hZXH2jFkqQZ9HgD3c4Ge7gY0cDHUD3wuoCPpFxuCfs6EiqyyqjWxPRM0peSCg2Oq
cc0rgqReDFJAh11hytG8iTDR8kcuhz5sXwmkQSPj+zVITSSAY8aKOrIuNGbio+s+
2DttTmnKytEp2BOq2HqlWaYw8z5TwL00RHilZYHKi7QXNmSEYhIPApHKP83bjF/S
6cdN9S/217usqs+pz1goOWYD1376hyO/KbilD/9d6gYwDKQGDalq3E1KG1Cx/2NO
ojo3NYnzlRmqEjF7/1I79JTx2AvLuCqKr2S3plHFUwqLUbPhvA4hV64Y9N45CJtv
WNaxYu6hhVKbedRa5z94z/Bn11nHS8J5Dnfdt15a17/FUr30xivlQ8Bwp/451WTP
AsnFsgfQ3rKcpdGWjFh4Hp730OxX97piuUOdvwlgTgV2xaNDnxDsA7WSqjHGFExc
y+ypEnv1zk6vyt6zDdiTISKd43goQnqgI/UVpzB8kt67S0CIlA/mv7J1eKQs+yYm
9G/TGZv0i4Ikb8qkYUntcvgjQtc0B8WG+8OP1ZDTsl56MmEhoHFshhzIv6Bu+1a+
rTEXO9FahvT5ItEhxNJhy0EWXsuzsq522Anmuo8OJz1UPDON+bqML3IUkp493VLV
yqL0xoSsQi7p+mfq7S6qU8eyN+hCD9heytFiLpSyP8AHnj3qQTfXeOwDuFeaaSaA
9OvBa+1ogA8rm1gwv7eEu8E/RynJe79BuYP8NhMe8U50/sto7KMdAZnCqNvUArkv
tTgBr0ZeSS3sb3CKrz0RA/D29s0mFXtYJ4kDiRcWhqQJq+xqSpkKu9gs4sz5Mcka
U2YHKJztXyeC/suQGXEssye+7wMQNB8ndy31JDvbAIy6gNI9NAvUFlEOugNdPbTx
5TQVD48tsKiSIOPP1pgzBGfhqtUWCSsGAQQB2kcPAQEHQEZYdTl/OCjyUXnQD/zO
1sTxRLYVsqQKfJ73nRYaml9KtEdEZWJpYW4gU3RhYmxlIFJlbGVhc2UgS2V5ICgx
My90cml4aWUpIDxkZWJpYW4tcmVsZWFzZUBsaXN0cy5kZWJpYW4ub3JnPoiWBBMW
CAA+FiEEQVh/fbjHdLzPExQWdi9noLLDneQFAmfhqtUCGwMFCQ8JnAAFCwkIBwIG
FQoJCAsCBBYCAwECHgECF4AACgkQdi9noLLDneQ41QD+PUv3vVQLZ/Yqdg14+c8f
OzKVF5yxwIU/y7CeyaHZyqEBAPJrqxKnXAtKT7AAOhpnr/5c9DFlMn3uWOgzAerd
ehUL
=cCGD
-----END PGP PUBLIC KEY BLOCK-----
`;

;// CONCATENATED MODULE: ./build/packages/hardening/src/content/debian-packages.js






const CONTENT_TOOLS = [
    { command: 'mmdebstrap', package: 'mmdebstrap' },
    { command: 'gpg', package: 'gnupg' },
];
/** The user's cache folder, as the XDG base directory specification has it. */
function cacheFolder(env = process.env) {
    return external_node_path_.join(env.XDG_CACHE_HOME || external_node_path_.join((0,external_node_os_.homedir)(), '.cache'), 'golden-image-actions', 'hardening');
}
/** After this a cached tree is fetched again, in milliseconds: a week. */
const FRESH = 7 * 24 * 3600 * 1000;
/**
 * Packages of a Debian suite with all they depend on, downloaded and verified by apt, with a configuration and a state
 * of its own (mmdebstrap's), from mmdebstrap's default mirror; unpacked, never installed. Kept in the user's cache.
 *
 * @throws UserError `content-unavailable`
 */
async function fetchDebianPackages(request, ports) {
    const key = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([request.suite, request.packages, 1]))
        .digest('hex')
        .slice(0, 16);
    const folder = external_node_path_.join(request.cache ?? cacheFolder(), `${request.suite}-${request.packages[0]}-${key}`);
    const cached = await readManifest(folder);
    if (cached && ports.clock.now().getTime() - Date.parse(cached.fetchedOn) < FRESH) {
        return { folder, versions: cached.versions };
    }
    await ports.tools.ensure(CONTENT_TOOLS);
    ports.log.info(`Fetching ${request.packages.join(', ')} from Debian ${request.suite}`);
    await (0,promises_.mkdir)(external_node_path_.dirname(folder), { recursive: true, mode: 0o700 });
    const versions = await (0,staging/* publishAtomically */.ZX)(folder, async (partial) => {
        await unpack(request, partial, ports);
        const found = await versionsIn(partial, request.packages);
        await request.prepare({ folder: partial, versions: found });
        for (const leftover of ['dev', 'tmp', 'etc/apt', 'var/cache', 'var/lib/apt']) {
            await (0,promises_.rm)(external_node_path_.join(partial, leftover), { recursive: true, force: true });
        }
        await (0,promises_.chmod)(partial, 0o700);
        const manifest = { versions: found, fetchedOn: ports.clock.now().toISOString() };
        await (0,promises_.writeFile)(external_node_path_.join(partial, MANIFEST), JSON.stringify(manifest));
        return found;
    });
    return { folder, versions };
}
const MANIFEST = '.golden-image.json';
async function readManifest(folder) {
    const text = await (0,promises_.readFile)(external_node_path_.join(folder, MANIFEST), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text);
}
async function unpack(request, target, ports) {
    await (0,staging/* withTemporaryFolder */.EX)('archive-keys', async (keys) => {
        const keyring = external_node_path_.join(keys, 'debian-archive.asc');
        await (0,promises_.writeFile)(keyring, DEBIAN_ARCHIVE_KEYS);
        // apt's download user reads it.
        await (0,promises_.chmod)(keys, 0o755);
        const run = (extra) => ports.exec({
            command: 'mmdebstrap',
            args: [
                '--mode=root',
                '--variant=extract',
                '--format=directory',
                '--skip=cleanup/apt',
                `--keyring=${keyring}`,
                `--include=${request.packages.join(',')}`,
                ...extra,
                request.suite,
                target,
            ],
            // Where a killed mmdebstrap leaves its GnuPG home.
            env: { ...process.env, TMPDIR: keys },
            timeoutMs: 600_000,
        });
        try {
            await run([]);
        }
        catch (cause) {
            await (0,promises_.rm)(target, { recursive: true, force: true });
            if (!(cause instanceof src_errors/* ToolError */.v4) || !/is expired/.test(cause.detail ?? '')) {
                throw unavailable(request, cause);
            }
            // A stale mirror cannot bring other contents than Debian signed once, only old ones: the minimum version decides.
            ports.log.warning(`The package list of Debian ${request.suite} is past its date; its signature holds.`);
            await run(['--aptopt=Acquire::Check-Valid-Until "false"']).catch((again) => {
                throw unavailable(request, again);
            });
        }
    });
}
/** apt keeps each package as `name_version_architecture.deb`, with a colon written as `%3a`. */
async function versionsIn(folder, names) {
    const files = await (0,promises_.readdir)(external_node_path_.join(folder, 'var/cache/apt/archives'));
    return Object.fromEntries(names.flatMap((name) => {
        const file = files.find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
        const version = file?.split('_')[1];
        return version === undefined ? [] : [[name, decodeURIComponent(version)]];
    }));
}
function unavailable(request, cause) {
    return new src_errors/* UserError */.yo(`${request.packages[0]} of Debian ${request.suite} could not be fetched`, {
        code: 'content-unavailable',
        fix: 'The host needs a Debian mirror (mmdebstrap’s default); or pass the datastream as the content input.',
        cause,
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/content/table.js
const CONTENT_FOLDER = 'usr/share/xml/scap/ssg/content';
/** Debian's suites that carry the guide as it is released upstream. */
const SUITES = ['forky', 'sid'];
const CURRENT = '0.1.82';
const ANSSI = [
    'anssi_bp28_enhanced',
    'anssi_bp28_high',
    'anssi_bp28_intermediary',
    'anssi_bp28_minimal',
];
const CIS_DEBIAN = [
    'cis_level1_server',
    'cis_level1_workstation',
    'cis_level2_server',
    'cis_level2_workstation',
];
const CIS = ['cis', 'cis_server_l1', 'cis_workstation_l1', 'cis_workstation_l2'];
const STIG = ['stig', 'stig_gui'];
function entry(distribution, release, packageName, product, profiles) {
    return {
        distribution,
        release,
        packages: { name: packageName, suites: SUITES, minimumVersion: CURRENT },
        datastream: `${CONTENT_FOLDER}/ssg-${product}-ds.xml`,
        profiles: [...profiles].sort(),
    };
}
/**
 * Releases and the profiles that the guide's datastream has for each, as of 0.1.82 (`scripts/check-content.ts`
 * compares). Rocky Linux has no datastream of its own, and the one for RHEL does not apply to it.
 */
const RELEASES = [
    entry('debian', '13', 'ssg-debian', 'debian13', [...ANSSI, ...CIS_DEBIAN, 'standard']),
    entry('debian', '12', 'ssg-debian', 'debian12', [...ANSSI, ...CIS_DEBIAN, 'standard']),
    entry('ubuntu', '24.04', 'ssg-debderived', 'ubuntu2404', [...CIS_DEBIAN, 'stig']),
    entry('ubuntu', '22.04', 'ssg-debderived', 'ubuntu2204', [...CIS_DEBIAN, 'standard', 'stig']),
    entry('rhel', '10', 'ssg-nondebian', 'rhel10', [
        ...[...ANSSI, ...CIS, ...STIG, 'bsi', 'e8', 'hipaa', 'ospp', 'pci-dss'],
        ...['ism_o', 'ism_o_secret', 'ism_o_top_secret'],
    ]),
    entry('rhel', '9', 'ssg-nondebian', 'rhel9', [
        ...[...ANSSI, ...CIS, ...STIG, 'bsi', 'cui', 'e8', 'hipaa', 'ism_o', 'ospp', 'pci-dss'],
        ...['ccn_advanced', 'ccn_basic', 'ccn_intermediate'],
    ]),
    entry('rhel', '8', 'ssg-nondebian', 'rhel8', [
        ...[...ANSSI, ...CIS, ...STIG, 'cui', 'e8', 'hipaa', 'ism_o', 'ospp', 'pci-dss'],
    ]),
    entry('almalinux', '9', 'ssg-nondebian', 'almalinux9', [...ANSSI, ...CIS, 'hipaa', 'pci-dss']),
    entry('sles', '15', 'ssg-nondebian', 'sle15', [
        ...[...ANSSI, ...CIS, 'stig', 'general', 'hipaa', 'pci-dss-4', 'standard'],
        ...['pcs-hardening', 'pcs-hardening-chost', 'pcs-hardening-sap'],
    ]),
    entry('sles', '16', 'ssg-nondebian', 'sle16', [...ANSSI, 'base', 'hipaa', 'pci-dss-4']),
];
/** Where the scanner comes from; it runs with its own libraries, so one serves images of any release. */
const SCANNER = { suite: 'trixie', packages: ['openscap-scanner', 'openscap-common'] };
/** The entry for a release, if there is one; `9.6` is a minor release of `9`. */
function findRelease(distribution, release) {
    const here = RELEASES.filter((known) => known.distribution === distribution);
    return (here.find((known) => known.release === release) ??
        here.find((known) => release.startsWith(`${known.release}.`)));
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/content/version.js
/** Compares dotted version numbers such as `0.1.82`; a Debian revision (`-1`) is left out. Negative: a is older. */
function compareVersions(a, b) {
    const parts = (text) => text
        .replace(/^\d+:/, '')
        .replace(/-[^-]*$/, '')
        .split('.')
        .map((part) => Number.parseInt(part, 10) || 0);
    const [left, right] = [parts(a), parts(b)];
    for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
        const difference = (left[i] ?? 0) - (right[i] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/content/content.js







/** A datastream beyond this size is not one, in bytes. */
const MAX_BYTES = 128 * 1024 * 1024;
/** From the first byte asked for to the last one received, in milliseconds. */
const DOWNLOAD_MS = 300_000;
/**
 * The content for an image: what the user names, or the SCAP Security Guide of the release.
 *
 * @param given path, or URL followed by `#sha256=<hex>` (a digest is required for a URL, allowed for a path)
 * @param options.downloadMs how long a download may take in all
 * @throws UserError `content-unavailable`, `content-mismatch`, `unsupported-release`
 */
async function obtainContent(given, image, folder, ports, options = {}) {
    return given === undefined ? packagedContent(image, ports) : givenContent(given, folder, ports, options);
}
async function packagedContent(image, ports) {
    const entry = findRelease(image.distribution, image.release);
    if (!entry) {
        const known = RELEASES.map(({ distribution, release }) => `${distribution} ${release}`).join(', ');
        throw new src_errors/* UserError */.yo(`There is no hardening content for ${image.distribution} ${image.release}`, {
            code: 'unsupported-release',
            fix: `Supported: ${known}. Or pass a datastream as the content input.`,
        });
    }
    const errors = [];
    for (const suite of entry.packages.suites) {
        try {
            return await fromSuite(entry, suite, ports);
        }
        catch (error) {
            errors.push(error);
        }
    }
    throw errors[0];
}
async function fromSuite(entry, suite, ports) {
    const { name, minimumVersion } = entry.packages;
    const { folder, versions } = await fetchDebianPackages({
        suite,
        packages: [name],
        prepare: async (unpacked) => {
            const version = unpacked.versions[name] ?? '0';
            if (compareVersions(version, minimumVersion) < 0) {
                throw new src_errors/* UserError */.yo(`${name} of ${suite} is ${version}; at least ${minimumVersion} is needed`, {
                    code: 'content-unavailable',
                    fix: 'Use a current Debian mirror, or pass the datastream as the content input.',
                });
            }
        },
    }, ports);
    const file = external_node_path_.join(folder, entry.datastream);
    return { file, sha256: sha256(await (0,promises_.readFile)(file)), origin: `${name} ${versions[name] ?? ''}`.trim() };
}
async function givenContent(given, folder, ports, { downloadMs = DOWNLOAD_MS }) {
    const [source = '', digest] = given.split('#sha256=');
    const isUrl = /^https?:\/\//.test(source);
    if (isUrl && digest === undefined) {
        throw new src_errors/* UserError */.yo('The content input is a URL without a digest', {
            code: 'content-mismatch',
            fix: 'Append #sha256=<the file’s SHA-256 in hex> to the URL.',
        });
    }
    const data = isUrl ? await download(source, ports, downloadMs) : await readLocal(source);
    const actual = sha256(data);
    if (digest !== undefined && digest.toLowerCase() !== actual) {
        throw new src_errors/* UserError */.yo(`The content ${source} has SHA-256 ${actual}, expected ${digest}`, {
            code: 'content-mismatch',
            fix: 'Get the datastream again, or correct the digest.',
        });
    }
    const file = external_node_path_.join(folder, 'content.xml');
    await (0,promises_.writeFile)(file, data);
    return { file, sha256: actual, origin: source };
}
async function readLocal(file) {
    const data = await (0,promises_.readFile)(file).catch((cause) => {
        throw content_unavailable(file, cause);
    });
    return bounded(data, file);
}
async function download(url, { fetch, signal }, limitMs) {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const chunks = [];
    try {
        const response = await fetch(url, { signal: limited });
        if (!response.ok) {
            throw new Error(`status ${response.status}`);
        }
        let bytes = 0;
        for await (const chunk of response.body ?? []) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes > MAX_BYTES) {
                break;
            }
        }
    }
    catch (cause) {
        signal.throwIfAborted();
        throw content_unavailable(url, cause);
    }
    return bounded(Buffer.concat(chunks), url);
}
function bounded(data, source) {
    if (data.length > MAX_BYTES) {
        throw content_unavailable(source, new Error(`it is larger than ${MAX_BYTES} bytes`));
    }
    return data;
}
function content_unavailable(source, cause) {
    return new src_errors/* UserError */.yo(`The content ${source} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
        code: 'content-unavailable',
        fix: 'Pass the path or the URL (with its digest) of a SCAP source datastream.',
        cause,
    });
}
function sha256(data) {
    return (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex');
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/os-release.js

/** ID and VERSION_ID of os-release(5). */
async function readOsRelease(session) {
    const data = (await session.readFile('/etc/os-release')) ?? (await session.readFile('/usr/lib/os-release'));
    return identifyOs(String(data ?? ''));
}
/** @throws UserError `unsupported-release` for a text without both */
function identifyOs(text) {
    const values = parseOsRelease(text);
    const id = values.get('ID');
    const version = values.get('VERSION_ID');
    if (!id || !version) {
        throw new src_errors/* UserError */.yo('The image does not say which distribution and release it is (os-release)', {
            code: 'unsupported-release',
            fix: 'Pass the disk of a release with ID and VERSION_ID in /etc/os-release.',
        });
    }
    return { id, version };
}
function parseOsRelease(text) {
    return new Map([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value.trim().replace(/^(["'])(.*)\1$/, '$2')]));
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/scap/names.js
/** The SCAP Security Guide's identifiers have this before the short name that people use. */
const PREFIX = 'xccdf_org.ssgproject.content_';
const KNOWN = new RegExp(`^${PREFIX.replaceAll('.', '\\.')}(?:rule|profile|value)_`);
/** `cis_level1_server` → the full identifier; a full one stays. */
function profileId(name) {
    return full('profile', name);
}
function ruleId(name) {
    return full('rule', name);
}
function valueId(name) {
    return full('value', name);
}
function full(kind, name) {
    return name.startsWith('xccdf_') ? name : `${PREFIX}${kind}_${name}`;
}
/** Without the guide's prefix; other identifiers stay as they are. */
function shortName(id) {
    return id.replace(KNOWN, '');
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/score.js
/** pass / (pass + fail + error + unknown + notchecked); zero when nothing was judged. */
function scoreOf(rules, waived = new Set()) {
    const isWaived = (rule, outcome) => waived.has(rule) && isOpen(outcome);
    const counted = rules.filter(({ rule, outcome }) => !isWaived(rule, outcome));
    const count = (...outcomes) => counted.filter(({ outcome }) => outcomes.includes(outcome)).length;
    const passed = count('pass', 'fixed');
    const failed = count('fail');
    const unknown = count('error', 'unknown', 'notchecked');
    const waivedCount = rules.length - counted.length;
    return {
        passed,
        failed,
        unknown,
        notApplicable: count('notapplicable', 'informational', 'notselected'),
        waived: waivedCount,
        score: percent(passed, passed + failed + unknown),
        raw: percent(passed, passed + failed + unknown + waivedCount),
    };
}
/** Neither passed nor outside what is judged. */
function isOpen(outcome) {
    return ['fail', 'error', 'unknown', 'notchecked'].includes(outcome);
}
/** Rounded down to two digits: 96.999 is not 97. */
function percent(part, whole) {
    return whole === 0 ? 0 : Math.floor((part / whole) * 10_000) / 100;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __webpack_require__(9800);
;// CONCATENATED MODULE: ./build/packages/hardening/src/content/datastream.js



const XCCDF = 'http://checklists.nist.gov/xccdf/1.2';
/**
 * Reads the profiles and values of a datastream, as a stream.
 *
 * @throws UserError `scan-failed` for what is not well-formed, or declares a document type
 */
async function readDatastream(file) {
    const reader = new DatastreamReader();
    for await (const chunk of (0,external_node_fs_.createReadStream)(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
        reader.write(chunk);
    }
    return reader.finish();
}
class DatastreamReader {
    #parser = new saxes/* SaxesParser */.wT({ xmlns: true });
    #profiles = [];
    #values = new Set();
    #profile;
    #text;
    #valueId = '';
    constructor() {
        this.#parser.on('doctype', () => {
            throw broken('it declares a document type');
        });
        this.#parser.on('error', (error) => {
            throw broken(error.message);
        });
        this.#parser.on('opentag', (tag) => {
            if (tag.uri === XCCDF) {
                this.#open(tag);
            }
        });
        this.#parser.on('closetag', (tag) => {
            if (tag.uri === XCCDF) {
                this.#close(tag.local);
            }
        });
        this.#parser.on('text', (text) => {
            if (this.#text !== undefined && this.#text.length < 4_000) {
                this.#text += text;
            }
        });
    }
    write(chunk) {
        this.#parser.write(chunk);
    }
    finish() {
        this.#parser.close();
        return { profiles: this.#profiles, values: this.#values };
    }
    #open(tag) {
        const attribute = (name) => tag.attributes[name]?.value ?? '';
        if (tag.local === 'Value') {
            this.#values.add(attribute('id'));
        }
        else if (tag.local === 'Profile') {
            this.#profile = { id: attribute('id'), title: '', selects: new Map(), values: new Map() };
            this.#profiles.push(this.#profile);
        }
        else if (this.#profile) {
            if (tag.local === 'select') {
                this.#profile.selects.set(attribute('idref'), attribute('selected') === 'true');
            }
            else if (tag.local === 'refine-value') {
                this.#profile.values.set(attribute('idref'), { kind: 'selector', value: attribute('selector') });
            }
            else if (tag.local === 'set-value' || tag.local === 'title') {
                this.#text = '';
                this.#valueId = attribute('idref');
            }
        }
    }
    #close(name) {
        if (name === 'Profile') {
            this.#profile = undefined;
        }
        else if (this.#profile && this.#text !== undefined) {
            if (name === 'title') {
                this.#profile.title = this.#text.trim();
                this.#text = undefined;
            }
            else if (name === 'set-value') {
                this.#profile.values.set(this.#valueId, { kind: 'text', value: this.#text });
                this.#text = undefined;
            }
        }
    }
}
function broken(why) {
    return new src_errors/* UserError */.yo(`The content cannot be read: ${why}`, {
        code: 'scan-failed',
        fix: 'Pass a SCAP source datastream (ssg-…-ds.xml).',
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/tailoring/debian13.js
const JOURNAL = 'The journal keeps the logs (persistent, compressed); rsyslog would keep them twice. CIS asks for one of the two.';
const TIME = 'systemd-timesyncd keeps the time: it is part of systemd and asks the cloud’s servers. CIS asks for one time service.';
/**
 * Debian 13 cloud images. Only what contradicts another rule is taken out, and only values are set that the profile
 * leaves to the site; everything else that an image does not meet stays in the score, or is waived with a reason.
 */
const DEBIAN_13 = {
    choices: [
        { rule: 'package_chrony_installed', selected: false, reason: TIME },
        { rule: 'service_chronyd_enabled', selected: false, reason: TIME },
        { rule: 'service_timesyncd_disabled', selected: false, reason: `${TIME} This one turns it off.` },
        { rule: 'chronyd_run_as_chrony_user', selected: false, reason: TIME },
        { rule: 'chronyd_configure_pool_and_server', selected: false, reason: TIME },
        { rule: 'chronyd_specify_remote_server', selected: false, reason: TIME },
        { rule: 'service_chronyd_or_ntpd_enabled', selected: false, reason: TIME },
        { rule: 'package_rsyslog_installed', selected: false, reason: JOURNAL },
        { rule: 'service_rsyslog_enabled', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_filecreatemode', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_nolisten', selected: false, reason: JOURNAL },
        { rule: 'package_rsyslog-gnutls_installed', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_remote_tls', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_remote_tls_cacert', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_remote_loghost', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_files_groupownership', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_files_ownership', selected: false, reason: JOURNAL },
        { rule: 'rsyslog_files_permissions', selected: false, reason: JOURNAL },
        {
            rule: 'journald_forward_to_syslog',
            selected: false,
            reason: `${JOURNAL} journald_disable_forward_to_syslog demands the opposite and stays.`,
        },
    ],
    values: [],
};

;// CONCATENATED MODULE: ./build/packages/hardening/src/tailoring/releases.js

/** The tailoring that comes with a release, where there is one. */
function releaseTailoring(distribution, release) {
    return distribution === 'debian' && release === '13' ? DEBIAN_13 : undefined;
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/tailoring/tailoring.js

/** Part of the format; fixed, so that the same tailoring is always the same bytes. */
const TAILORED_ON = '2026-11-24T00:00:00Z';
/** The identifier of the profile that tailors one profile, or stands for several. */
function tailoredProfileId(profiles) {
    const [first = '', ...others] = profiles.map((profile) => shortName(profileId(profile)));
    return `${profileId(first)}${others.map((other) => `_and_${other.replace(/[^\w.-]/g, '_')}`).join('')}_image`;
}
/**
 * An XCCDF 1.2 tailoring file whose profile extends the first of `profiles`; each line explained. What the others add
 * is among the choices.
 */
function tailoringXml(profiles, tailoring) {
    const [first = ''] = profiles;
    const choices = tailoring.choices.map(({ rule, selected, reason }) => `    <!-- ${comment(reason)} -->\n    <xccdf:select idref="${escapeXml(ruleId(rule))}" selected="${selected}"/>`);
    const values = tailoring.values.map((choice) => `    <!-- ${comment(choice.reason)} -->\n    ${valueElement('xccdf:', choice)}`);
    const title = profiles.map((profile) => shortName(profileId(profile))).join(' and ');
    return `<?xml version="1.0" encoding="UTF-8"?>
<xccdf:Tailoring xmlns:xccdf="http://checklists.nist.gov/xccdf/1.2" id="xccdf_golden-image_tailoring_default">
  <xccdf:version time="${TAILORED_ON}">1</xccdf:version>
  <xccdf:Profile id="${tailoredProfileId(profiles)}" extends="${profileId(first)}">
    <xccdf:title override="true">${escapeXml(title)}, for images</xccdf:title>
${[...choices, ...values].join('\n')}
  </xccdf:Profile>
</xccdf:Tailoring>
`;
}
/** One element that sets a value; `prefix` is the namespace's, with its colon. */
function valueElement(prefix, { id, kind = 'text', value }) {
    const idref = escapeXml(valueId(id));
    return kind === 'selector'
        ? `<${prefix}refine-value idref="${idref}" selector="${escapeXml(value)}"/>`
        : `<${prefix}set-value idref="${idref}">${escapeXml(value)}</${prefix}set-value>`;
}
function comment(text) {
    return escapeXml(text).replace(/--+/g, '-');
}
function escapeXml(text) {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/tailoring/user-tailoring.js





const user_tailoring_MAX_BYTES = 1024 * 1024;
const user_tailoring_XCCDF = 'http://checklists.nist.gov/xccdf/1.2';
/**
 * The profile of a user's tailoring file that stands for `profile`: the one that extends it, or that is it.
 *
 * @throws UserError `invalid-tailoring`
 */
async function readTailoring(file, profile, variables = []) {
    const text = await (0,promises_.readFile)(file, 'utf8').catch((cause) => {
        throw invalid(file, 'it cannot be read', cause);
    });
    if (Buffer.byteLength(text) > user_tailoring_MAX_BYTES) {
        throw invalid(file, `it is larger than ${user_tailoring_MAX_BYTES} bytes`);
    }
    const profiles = readProfiles(file, text);
    const wanted = profileId(profile);
    const found = profiles.find(({ id, base }) => id === wanted || base === wanted);
    if (!found) {
        const known = profiles.map(({ id, base }) => `${id} (extends ${base})`).join(', ') || 'none';
        throw invalid(file, `it has no profile that extends ${wanted}; it has ${known}`);
    }
    const twice = variables.find(({ id }) => found.values.includes(valueId(id)));
    if (twice) {
        throw invalid(file, `it sets ${twice.id}, which the variables set too`);
    }
    const lines = variables.map((choice) => `${valueElement(found.prefix, choice)}\n`).join('');
    return { text: text.slice(0, found.end) + lines + text.slice(found.end), profile: found.id };
}
function readProfiles(file, text) {
    const profiles = [];
    let current;
    const parser = new saxes/* SaxesParser */.wT({ xmlns: true });
    parser.on('doctype', () => {
        throw invalid(file, 'it declares a document type');
    });
    parser.on('error', (error) => {
        throw invalid(file, error.message);
    });
    parser.on('opentag', (tag) => {
        const attribute = (name) => tag.attributes[name]?.value ?? '';
        if (tag.uri === user_tailoring_XCCDF && tag.local === 'Profile') {
            const prefix = tag.prefix === '' ? '' : `${tag.prefix}:`;
            current = { id: attribute('id'), base: attribute('extends'), values: [], prefix, end: 0 };
            profiles.push(current);
        }
        else if (tag.uri === user_tailoring_XCCDF && ['set-value', 'refine-value'].includes(tag.local)) {
            current?.values.push(attribute('idref'));
        }
    });
    parser.on('closetag', (tag) => {
        if (tag.uri === user_tailoring_XCCDF && tag.local === 'Profile' && current) {
            // An element without content has no end tag to write before.
            current.end = text.lastIndexOf('<', parser.position - 1);
            if (tag.isSelfClosing) {
                throw invalid(file, 'its profile is empty');
            }
            current = undefined;
        }
    });
    parser.write(text).close();
    return profiles;
}
function invalid(file, why, cause) {
    return new src_errors/* UserError */.yo(`The tailoring ${file} cannot be used: ${why}`, {
        code: 'invalid-tailoring',
        fix: 'Pass an XCCDF 1.2 tailoring file whose profile extends the one asked for, or leave the input out.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/tailoring/prepare.js










/**
 * The profile to evaluate: the content's own, or one of a tailoring file that is the user's, or is made of the
 * release's choices, the variables, and what further profiles of the list add.
 *
 * @throws UserError `unknown-profile` with those that exist, `unknown-variable`, `invalid-tailoring`
 */
async function chooseProfile(request, image, content, folder) {
    const ids = [...new Set(request.profiles.map(profileId))];
    const names = ids.map(shortName);
    const variables = [...(request.variables ?? [])].map(([id, value]) => ({ id, value, reason: 'Set by the variables input.' }));
    const known = request.content === undefined ? findRelease(image.distribution, image.release)?.profiles : undefined;
    const isPlain = ids.length === 1 && variables.length === 0;
    // Content of the table is known; other content is read for what it offers.
    const datastream = known && isPlain ? undefined : await readDatastream(content.file);
    if (request.tailoring === undefined) {
        assertKnown(names, datastream?.profiles.map(({ id }) => shortName(id)) ?? known ?? [], content);
    }
    assertVariables(variables, datastream);
    const tailoring = await tailor({ ...request, profiles: ids }, variables, image, datastream);
    if (!tailoring) {
        return { id: ids[0] ?? '', names, tailoring: undefined };
    }
    const file = external_node_path_.join(folder, 'tailoring.xml');
    await (0,promises_.writeFile)(file, tailoring.text);
    const sha256 = (0,external_node_crypto_.createHash)('sha256').update(tailoring.text).digest('hex');
    return { id: tailoring.profile, names, tailoring: { file, name: tailoring.name, sha256 } };
}
async function tailor(request, variables, image, datastream) {
    const { profiles, tailoring } = request;
    if (tailoring !== undefined) {
        if (profiles.length > 1) {
            throw invalid(tailoring, 'it stands for one profile, but several are asked for');
        }
        const own = await readTailoring(tailoring, profiles[0] ?? '', variables);
        return { ...own, name: external_node_path_.basename(tailoring) };
    }
    const shipped = request.content === undefined && !request.plain
        ? releaseTailoring(image.distribution, image.release)
        : undefined;
    const others = profiles
        .slice(1)
        .flatMap((id) => datastream?.profiles.find((profile) => profile.id === id) ?? []);
    if (!shipped && others.length === 0 && variables.length === 0) {
        return undefined;
    }
    const first = datastream?.profiles.find(({ id }) => id === profiles[0]);
    const choices = combine(shipped, first, others, variables);
    return {
        text: tailoringXml(profiles, choices),
        profile: tailoredProfileId(profiles),
        name: shipped ? `the project’s for ${image.distribution} ${image.release}` : 'made of the inputs',
    };
}
/** Where two profiles of the list choose differently, the one named first counts; the release's choices come last. */
function combine(shipped, first, others, variables) {
    const settled = new Set(shipped?.choices.map(({ rule }) => rule));
    const set = new Set([...variables, ...(shipped?.values ?? [])].map(({ id }) => valueId(id)));
    const rules = new Set([...(first?.selects ?? [])].filter(([, on]) => on).map(([id]) => id));
    const values = new Set(first?.values.keys());
    const added = {
        choices: [],
        values: [],
    };
    for (const other of others) {
        const reason = `Part of ${shortName(other.id)}.`;
        for (const [id, selected] of other.selects) {
            if (selected && !rules.has(id) && !settled.has(shortName(id))) {
                rules.add(id);
                added.choices.push({ rule: id, selected, reason });
            }
        }
        for (const [id, { kind, value }] of other.values) {
            if (!values.has(id) && !set.has(id)) {
                values.add(id);
                added.values.push({ id, kind, value, reason });
            }
        }
    }
    const own = new Set(variables.map(({ id }) => valueId(id)));
    return {
        choices: [...(shipped?.choices ?? []), ...added.choices],
        values: [
            ...(shipped?.values ?? []).filter(({ id }) => !own.has(valueId(id))),
            ...added.values,
            ...variables,
        ],
    };
}
function assertKnown(names, known, content) {
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
        throw new src_errors/* UserError */.yo(`${content.origin} has no profile ${unknown.join(', ')} for this image`, {
            code: 'unknown-profile',
            fix: known.length > 0 ? `Choose from ${known.join(', ')}.` : 'It has no profiles at all.',
        });
    }
}
function assertVariables(variables, datastream) {
    const unknown = variables.filter(({ id }) => !datastream?.values.has(valueId(id))).map(({ id }) => id);
    if (unknown.length > 0) {
        const known = [...(datastream?.values ?? [])].map(shortName).sort().join(', ');
        throw new src_errors/* UserError */.yo(`The content has no variable ${unknown.join(', ')}`, {
            code: 'unknown-variable',
            fix: `It has ${known || 'none'}.`,
        });
    }
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/packages/hardening/src/waivers/waivers.js





const line = schemas/* string */.YjP().trim().min(1).max(2_000);
/** An accepted finding. */
const waiverSchema = schemas/* strictObject */.rej({
    /** The rule's short name, or `baseline/<id>`. */
    rule: line.transform(shortName),
    /** What it holds for: `*`, `debian`, `debian-13`, or the image's name. */
    scope: line,
    /** Who answers for it. */
    owner: line,
    reason: schemas/* string */.YjP().trim().min(15, 'say why, in a sentence').max(2_000),
    /** The last day it holds, UTC. */
    expires: iso/* date */.p6(),
});
const fileSchema = schemas/* strictObject */.rej({ waivers: schemas/* array */.YOg(waiverSchema) });
/**
 * Reads waivers files, all together as one list.
 *
 * @throws UserError `invalid-waivers` naming every fault of a file; for a rule that is waived twice for one scope
 */
async function readWaivers(files) {
    const waivers = [];
    for (const file of files) {
        const text = await (0,promises_.readFile)(file, 'utf8').catch((cause) => {
            throw waivers_invalid(file, 'it cannot be read', cause);
        });
        waivers.push(...parseWaivers(text, file));
    }
    assertOnce(waivers, files.join(', '));
    return waivers;
}
function parseWaivers(text, file) {
    let value;
    try {
        value = (0,dist/* parse */.qg)(text, { schema: 'core', maxAliasCount: 0 });
    }
    catch (cause) {
        throw waivers_invalid(file, cause instanceof Error ? cause.message : 'it is not YAML', cause);
    }
    const parsed = fileSchema.safeParse(value);
    if (!parsed.success) {
        const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'top'}: ${message}`);
        throw waivers_invalid(file, faults.join('; '));
    }
    assertOnce(parsed.data.waivers, file);
    return parsed.data.waivers;
}
function assertOnce(waivers, where) {
    const seen = new Set();
    for (const { rule, scope } of waivers) {
        if (seen.has(`${rule} ${scope}`)) {
            throw waivers_invalid(where, `${rule} is waived twice for ${scope}`);
        }
        seen.add(`${rule} ${scope}`);
    }
}
/** Those whose scope holds for the image, split by their date. */
function applyWaivers(waivers, image, now) {
    const scopes = ['*', image.distribution, `${image.distribution}-${image.release}`, image.name];
    const here = waivers.filter(({ scope }) => scopes.includes(scope));
    const today = now.toISOString().slice(0, 10);
    return {
        valid: new Map(here.filter(({ expires }) => expires >= today).map((waiver) => [waiver.rule, waiver])),
        expired: here.filter(({ expires }) => expires < today),
    };
}
function waivers_invalid(file, why, cause) {
    return new src_errors/* UserError */.yo(`The waivers in ${file} are not valid: ${why}`, {
        code: 'invalid-waivers',
        fix: 'Each waiver needs rule, scope, owner, reason and expires (YYYY-MM-DD), and nothing else.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/booted/hardening-record.js


const names = schemas/* array */.YOg(schemas/* string */.YjP()).default([]);
const predicate = schemas/* looseObject */._H3({
    suite: schemas/* literal */.euz('harden'),
    profile: schemas/* string */.YjP().min(1),
    configuration: schemas/* array */.YOg(schemas/* looseObject */._H3({
        name: schemas/* string */.YjP().optional(),
        digest: schemas/* looseObject */._H3({ sha256: schemas/* string */.YjP().optional() }).optional(),
    })),
    passedTests: names,
    warnedTests: names,
    failedTests: names,
    notJudgedTests: names,
    waivers: schemas/* array */.YOg(waiverSchema).default([]),
});
/**
 * The hardening of a disk as its statement tells it; none when there is none about this digest.
 *
 * @param digest SHA-256 of the disk that was booted
 */
function hardeningRecord(evidence, digest) {
    const statement = evidence.find(({ name }) => name === '30-harden')?.statement;
    const about = statement?.subject.some((subject) => subject.digest.sha256 === digest);
    const parsed = predicate.safeParse(statement?.predicate);
    if (!about || !parsed.success) {
        return undefined;
    }
    const { profile, configuration, passedTests, warnedTests, failedTests, notJudgedTests, waivers } = parsed.data;
    const digestOf = (name) => configuration.find((entry) => entry.name === name)?.digest?.sha256;
    const unjudged = new Set(notJudgedTests);
    const rules = [
        ...passedTests.map((rule) => ({ rule, outcome: 'pass' })),
        ...[...failedTests, ...warnedTests].map((rule) => ({
            rule,
            outcome: unjudged.has(rule) ? 'unknown' : 'fail',
        })),
    ].filter(({ rule }) => !rule.startsWith('baseline/'));
    return {
        profile,
        contentDigest: digestOf('content'),
        tailoringDigest: digestOf('tailoring'),
        rules,
        waivers,
    };
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/booted/merge.js
/**
 * One result of two scans of the same disk: at rest, and booted.
 *
 * The booted machine has the last word wherever it can judge: it shows what the image really does. Where it could not
 * judge (error, unknown, notchecked) and the scan at rest could, that one counts. A rule that neither judged stays
 * what it is: never a pass.
 */
function mergeScans(atRest, booted) {
    const resting = new Map(atRest.map((result) => [result.rule, result]));
    const running = new Map(booted.map((result) => [result.rule, result]));
    const names = [...new Set([...resting.keys(), ...running.keys()])].sort();
    const rules = names.map((name) => {
        const [there, here] = [resting.get(name), running.get(name)];
        const takesRest = here === undefined || (isUnjudged(here.outcome) && there !== undefined && isJudged(there.outcome));
        const outcome = (takesRest ? there?.outcome : here?.outcome) ?? 'unknown';
        return {
            ...UNNAMED,
            id: name,
            title: name,
            ...there,
            ...here,
            rule: name,
            outcome,
            atRest: there?.outcome,
            booted: here?.outcome,
            judgedBy: takesRest ? 'at-rest' : 'booted',
        };
    });
    const differences = rules
        .filter((rule) => atRest.length > 0 && rule.atRest !== rule.booted && !isOutside(rule))
        .map(({ rule, title, severity, atRest: there, booted: here, outcome }) => ({
        ...{ rule, title, severity, merged: outcome },
        ...{ atRest: there, booted: here },
    }));
    return { rules, differences };
}
/** What passed at rest, fails in the booted image, and is accepted by no waiver. */
function worseThanAtRest(differences, waived) {
    return differences
        .filter(({ rule, atRest, merged }) => atRest === 'pass' && merged === 'fail' && !waived.has(rule))
        .map(({ rule }) => rule);
}
const UNNAMED = {
    severity: 'unknown',
    rationale: '',
    references: [],
    hasFix: false,
};
/** What did not apply at rest is not recorded there: no difference when it does not apply now. */
function isOutside({ atRest, booted }) {
    return atRest === undefined && (booted === 'notapplicable' || booted === 'informational');
}
function isUnjudged(outcome) {
    return ['error', 'unknown', 'notchecked'].includes(outcome);
}
function isJudged(outcome) {
    return ['pass', 'fail', 'fixed'].includes(outcome);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/packages/hardening/src/scap/results.js





/** XCCDF 1.2, 6.6.4.2 (NIST IR 7275 r4). */
const RESULTS = [
    'pass',
    'fail',
    'error',
    'unknown',
    'notapplicable',
    'notchecked',
    'notselected',
    'informational',
    'fixed',
];
const results_XCCDF = 'http://checklists.nist.gov/xccdf/1.2';
const results_MAX_BYTES = 256 * 1024 * 1024;
const MAX_TEXT = 4_000;
/**
 * Reads what `oscap xccdf eval --results` wrote, as a stream.
 *
 * @throws UserError `unreadable-results` for anything that is not a complete XCCDF 1.2 result: document types and
 *   entities of its own, unknown result values, a missing TestResult, more than 256 MiB
 */
async function readResults(file) {
    const { size } = await (0,promises_.stat)(file).catch((cause) => {
        throw unreadable('there is none', cause);
    });
    if (size > results_MAX_BYTES) {
        throw unreadable(`it has ${size} bytes, more than ${results_MAX_BYTES}`);
    }
    const reader = new ResultReader();
    for await (const chunk of (0,external_node_fs_.createReadStream)(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
        reader.write(chunk);
    }
    return reader.finish();
}
/** The same from a text, for small documents. */
function parseResults(text) {
    const reader = new ResultReader();
    reader.write(text);
    return reader.finish();
}
class ResultReader {
    #parser = new saxes/* SaxesParser */.wT({ xmlns: true });
    #path = [];
    #rules = new Map();
    #outcomes = new Map();
    #rule;
    #judged;
    /** Of the element at this depth, while it is open. */
    #text;
    #textDepth = 0;
    #href = '';
    #version = '';
    #testResultId = '';
    #profile = '';
    constructor() {
        this.#parser.on('doctype', () => {
            throw unreadable('it declares a document type');
        });
        this.#parser.on('error', (error) => {
            throw unreadable(error.message);
        });
        this.#parser.on('opentag', (tag) => this.#open(tag));
        this.#parser.on('closetag', (tag) => this.#close(tag));
        this.#parser.on('text', (text) => {
            if (this.#text !== undefined && this.#text.length < MAX_TEXT) {
                this.#text += text.slice(0, MAX_TEXT - this.#text.length);
            }
        });
    }
    write(chunk) {
        this.#parser.write(chunk);
    }
    finish() {
        this.#parser.close();
        if (this.#testResultId === '' || this.#outcomes.size === 0) {
            throw unreadable('it holds no test result with rules');
        }
        const rules = [...this.#outcomes]
            .filter(([, { outcome }]) => outcome !== 'notselected')
            .map(([id, { outcome, severity }]) => {
            const { title = shortName(id), rationale = '', references = [], hasFix = false, } = this.#rules.get(id) ?? {};
            return { rule: shortName(id), id, outcome, severity, title, rationale, references, hasFix };
        })
            .sort((a, b) => (a.rule < b.rule ? -1 : 1));
        return {
            testResultId: this.#testResultId,
            profile: this.#profile,
            benchmarkVersion: this.#version,
            rules,
        };
    }
    #open(tag) {
        const name = tag.uri === results_XCCDF ? tag.local : `other:${tag.local}`;
        const parent = this.#path.at(-1);
        this.#path.push(name);
        if (name === 'Rule') {
            this.#rule = { title: '', rationale: '', references: [], hasFix: false };
            this.#rules.set(attribute(tag, 'id'), this.#rule);
        }
        else if (name === 'fix' && this.#rule) {
            this.#rule.hasFix ||= attribute(tag, 'system') === 'urn:xccdf:fix:script:sh';
        }
        else if (name === 'TestResult') {
            this.#testResultId = attribute(tag, 'id');
        }
        else if (name === 'profile' && parent === 'TestResult') {
            this.#profile = attribute(tag, 'idref');
        }
        else if (name === 'rule-result') {
            this.#judged = {
                id: attribute(tag, 'idref'),
                severity: attribute(tag, 'severity') || 'unknown',
                result: '',
            };
        }
        const wanted = (parent === 'Rule' && ['title', 'rationale', 'reference'].includes(name)) ||
            (parent === 'rule-result' && name === 'result') ||
            (parent === 'Benchmark' && name === 'version');
        if (wanted) {
            this.#text = '';
            this.#textDepth = this.#path.length;
            this.#href = attribute(tag, 'href');
        }
    }
    #close(tag) {
        if (this.#text !== undefined && this.#path.length === this.#textDepth) {
            this.#collect(tag.local, this.#text.replace(/\s+/g, ' ').trim());
            this.#text = undefined;
        }
        const name = this.#path.pop();
        if (name === 'rule-result') {
            this.#judge();
        }
        else if (name === 'Rule') {
            this.#rule = undefined;
        }
    }
    /** `name` is unique among the parents whose text is wanted. */
    #collect(name, text) {
        if (name === 'version') {
            this.#version = text;
        }
        else if (name === 'result' && this.#judged) {
            this.#judged.result = text;
        }
        else if (name === 'reference') {
            this.#rule?.references.push({ href: this.#href, text });
        }
        else if (this.#rule && (name === 'title' || name === 'rationale')) {
            this.#rule[name] = text;
        }
    }
    #judge() {
        const { id, severity, result } = this.#judged ?? { id: '', severity: '', result: '' };
        const outcome = RESULTS.find((known) => known === result);
        if (!outcome || id === '') {
            throw unreadable(`the rule ${JSON.stringify(id)} has the result ${JSON.stringify(result)}`);
        }
        this.#outcomes.set(id, { outcome, severity: severityOf(severity) });
        this.#judged = undefined;
    }
}
function severityOf(text) {
    const known = ['info', 'low', 'medium', 'high'];
    return known.find((severity) => severity === text) ?? 'unknown';
}
function attribute(tag, name) {
    const found = tag.attributes[name];
    return found?.value ?? '';
}
function unreadable(why, cause) {
    return new src_errors/* UserError */.yo(`The scan's results cannot be read: ${why}`, {
        code: 'unreadable-results',
        fix: 'Check the content (a SCAP source datastream) and the profile; no result counts as a pass.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/scap/scanner-tools.js





/**
 * OpenSCAP from Debian, fetched and verified by apt (or from the cache), never installed.
 *
 * @throws UserError `content-unavailable`
 */
async function obtainScanner(ports) {
    const { folder, versions } = await fetchDebianPackages({ suite: SCANNER.suite, packages: SCANNER.packages, prepare: ({ folder: unpacked }) => prune(unpacked) }, ports);
    const version = versions[SCANNER.packages[0]] ?? 'unknown';
    return { folder, version, ...(await findLoader(folder)) };
}
/** The dynamic loader of the tools' own C library, so that nothing of the image's libraries is mixed in. */
async function findLoader(folder) {
    const known = [
        { loader: 'usr/lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
        { loader: 'usr/lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
    ];
    for (const candidate of known) {
        const there = await (0,promises_.access)(external_node_path_.join(folder, candidate.loader)).then(() => true, () => false);
        if (there) {
            return candidate;
        }
    }
    throw new src_errors/* UserError */.yo('The scanner’s packages hold no dynamic loader that is known', {
        code: 'content-unavailable',
        fix: 'Run on an amd64 or arm64 machine; remove the cache folder of golden-image-actions and try again.',
    });
}
/** What oscap never reads makes the tree three times as large and scans slower. */
async function prune(folder) {
    const unneeded = [
        'usr/share/doc',
        'usr/share/locale',
        'usr/share/man',
        'usr/share/perl',
        'usr/share/zoneinfo',
    ];
    for (const name of [...unneeded, 'usr/share/i18n', 'usr/share/common-licenses', 'var', 'etc']) {
        await (0,promises_.rm)(external_node_path_.join(folder, name), { recursive: true, force: true });
    }
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/booted/scan-booted.js









/** Longest time for sending the scanner, scanning and bringing the results, in milliseconds, before scaling. */
const TIMEOUT_MS = 300_000;
/** More than this is no result of a scan, in bytes: compressed, and after that. */
const MAX_COMPRESSED = 64 * 1024 * 1024;
const MAX_RESULTS = 256 * 1024 * 1024;
/** Said by the script when the scanner itself failed. */
const SCAN_FAILED = 70;
/**
 * Evaluates a profile inside a booted machine: an OpenSCAP with its own libraries is sent into a memory file system
 * there, scans the running system and vanishes with it. Nothing is installed, nothing stays.
 *
 * @throws UserError `scan-failed`, `unreadable-results`; ToolError when the machine cannot be reached
 */
async function scanBooted(shell, options, ports) {
    const started = ports.clock.monotonic();
    const tools = await obtainScanner(ports);
    const parcel = await packParcel(tools, options, ports);
    const resultsFile = await exchange(shell, parcel, options, ports);
    return {
        results: await readResults(resultsFile),
        resultsFile,
        scanner: tools.version,
        seconds: (ports.clock.monotonic() - started) / 1000,
    };
}
/**
 * Sends the parcel, has it run, and brings the results, with limits: the machine at the other end is not trusted.
 *
 * @returns the path of the XCCDF results
 */
async function exchange(shell, parcel, options, ports) {
    const compressed = external_node_path_.join(options.folder, 'booted.xml.gz');
    await runInGuest(shell, parcel, compressed, options, ports);
    const resultsFile = external_node_path_.join(options.folder, 'booted.xml');
    await expand(compressed, resultsFile);
    return resultsFile;
}
/** The scanner, just the libraries that it loads, content and tailoring, as one compressed archive. */
async function packParcel(tools, options, ports) {
    const parcel = external_node_path_.join(options.folder, 'parcel');
    await (0,promises_.mkdir)(external_node_path_.join(parcel, 'lib'), { recursive: true });
    const oscap = external_node_path_.join(tools.folder, 'usr/bin/oscap');
    const loader = external_node_path_.join(tools.folder, tools.loader);
    const { stdout } = await ports.exec({
        command: loader,
        args: ['--library-path', external_node_path_.join(tools.folder, tools.libraries), '--list', oscap],
    });
    const libraries = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => file);
    for (const library of libraries) {
        await (0,promises_.cp)(library, external_node_path_.join(parcel, 'lib', external_node_path_.basename(library)), { dereference: true });
    }
    await (0,promises_.cp)(loader, external_node_path_.join(parcel, 'loader'), { dereference: true });
    await (0,promises_.copyFile)(oscap, external_node_path_.join(parcel, 'oscap'));
    await (0,promises_.copyFile)(options.content.file, external_node_path_.join(parcel, 'content.xml'));
    if (options.tailoring !== undefined) {
        await (0,promises_.copyFile)(options.tailoring, external_node_path_.join(parcel, 'tailoring.xml'));
    }
    const archive = external_node_path_.join(options.folder, 'parcel.tar.gz');
    await ports.exec({
        command: 'tar',
        args: ['-C', parcel, '--owner=0', '--group=0', '-I', 'gzip -1', '-cf', archive, '.'],
    });
    return archive;
}
/**
 * Progress and messages go to standard error, the compressed results alone to standard output. The memory file system
 * is mounted only for the script, which takes it away again however it ends.
 */
function scanScript({ profile, tailoring }) {
    return `set -eu
umask 077
exec 3>&1 1>&2
d=$(mktemp -d /run/golden-image-scan.XXXXXX)
trap 'cd /; umount -l "$d" 2> /dev/null || :; rmdir "$d"' EXIT
mount -t tmpfs -o mode=0700,nosuid,nodev,size=75% golden-image-scan "$d"
cd "$d"
tar -xzf -
rc=0
./loader --library-path ./lib ./oscap xccdf eval --skip-validation --profile ${quote(profile)} \\
  ${tailoring === undefined ? '' : '--tailoring-file tailoring.xml'} --results results.xml content.xml || rc=$?
case $rc in 0 | 2) ;; *) echo "oscap status $rc"; exit ${SCAN_FAILED} ;; esac
gzip -c results.xml >&3
`;
}
function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
async function runInGuest(shell, parcel, target, options, ports) {
    const file = (0,external_node_fs_.createWriteStream)(target, { flags: 'wx', mode: 0o600 });
    let bytes = 0;
    let judged = 0;
    const stop = new AbortController();
    const input = (0,external_node_fs_.createReadStream)(parcel);
    try {
        const { code, stderr } = await shell.run({
            script: scanScript(options),
            input,
            timeoutMs: TIMEOUT_MS * (options.timeoutScale ?? 1),
            okCodes: [0, SCAN_FAILED],
            signal: stop.signal,
            onStdout: (chunk) => {
                bytes += chunk.length;
                if (bytes > MAX_COMPRESSED) {
                    stop.abort(scan_booted_unreadable(`it sends more than ${MAX_COMPRESSED} bytes`));
                }
                else {
                    file.write(chunk);
                }
            },
            onLine: (line, stream) => {
                if (stream === 'stderr' && line.startsWith('Result')) {
                    judged += 1;
                    ports.log.progress({ label: 'Scan (booted)', done: judged, unit: 'rules' });
                }
            },
        });
        if (code === SCAN_FAILED) {
            throw new src_errors/* UserError */.yo('The scan inside the booted image failed', {
                code: 'scan-failed',
                fix: 'Check the content, the profile and the tailoring; see the details.',
                detail: stderr,
            });
        }
    }
    finally {
        input.destroy();
        await new Promise((resolve) => file.end(resolve));
    }
}
async function expand(source, target) {
    let bytes = 0;
    const bounded = new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            bytes += chunk.length;
            done(bytes > MAX_RESULTS ? scan_booted_unreadable(`they expand to more than ${MAX_RESULTS} bytes`) : null, chunk);
        },
    });
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(source), (0,external_node_zlib_.createGunzip)(), bounded, (0,external_node_fs_.createWriteStream)(target)).catch((cause) => {
        throw cause instanceof src_errors/* UserError */.yo || cause instanceof src_errors/* ToolError */.v4
            ? cause
            : scan_booted_unreadable('they are not compressed as asked', cause);
    });
}
function scan_booted_unreadable(why, cause) {
    return new src_errors/* UserError */.yo(`The results of the booted image cannot be used: ${why}`, {
        code: 'unreadable-results',
        fix: 'Look at the guest’s console: the scan there was cut short, or something answers in its place.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/booted/compliance.js













/**
 * Scans a booted image with what it was hardened with, and merges that with the scan at rest.
 *
 * @throws UserError `no-profile`, `content-unavailable`, `scan-failed`, `unreadable-results`…; ToolError when the
 *   machine cannot be reached
 */
async function checkCompliance(shell, request, ports) {
    const isFolder = (await (0,promises_.stat)(request.image).catch(() => undefined))?.isDirectory() ?? false;
    const record = isFolder ? hardeningRecord(await (0,folder/* readEvidence */.At)(request.image), request.digest) : undefined;
    const profiles = splitProfiles(request.profile ?? record?.profile ?? '');
    if (profiles.length === 0) {
        throw new src_errors/* UserError */.yo('It is not said to which profile the image is to comply', {
            code: 'no-profile',
            fix: 'Name a profile (cis_level1_server, …), or pass an image folder that harden wrote.',
        });
    }
    const { stdout } = await shell.run({
        script: 'cat /etc/os-release',
        timeoutMs: 60_000 * (request.timeoutScale ?? 1),
    });
    const os = identifyOs(stdout);
    const image = { name: request.name, distribution: os.id, release: os.version };
    const content = await obtainContent(request.content, image, request.folder, ports);
    const profile = await chooseProfile({ ...request, profiles }, image, content, request.folder);
    const same = record?.profile === profile.names.join(',') ? record : undefined;
    if (same?.contentDigest !== undefined && same.contentDigest !== content.sha256) {
        ports.log.warning('The content is not the one that the image was hardened with: differences may come from that.');
    }
    const waivers = applyWaivers(request.waivers === undefined ? (record?.waivers ?? []) : await readWaivers(request.waivers), image, ports.clock.now());
    const scan = await scanBooted(shell, {
        content,
        profile: profile.id,
        tailoring: profile.tailoring?.file,
        folder: request.folder,
        timeoutScale: request.timeoutScale ?? 1,
    }, ports);
    const waived = new Set(waivers.valid.keys());
    const merged = mergeScans(same?.rules ?? [], scan.results.rules);
    return {
        image,
        profile: profile.names.join(','),
        content: { origin: content.origin, sha256: content.sha256, version: scan.results.benchmarkVersion },
        tailoring: profile.tailoring && { name: profile.tailoring.name, sha256: profile.tailoring.sha256 },
        scanner: scan.scanner,
        booted: scoreOf(scan.results.rules, waived),
        atRest: same && scoreOf(same.rules, waived),
        merged: { ...merged, score: scoreOf(merged.rules, waived) },
        waivers: waivers.valid,
        expiredWaivers: waivers.expired,
        remaining: merged.rules.filter(({ rule, outcome }) => isOpen(outcome) && !waived.has(rule)),
        worse: worseThanAtRest(merged.differences, waived),
        resultsFile: external_node_path_.resolve(scan.resultsFile),
        seconds: scan.seconds,
    };
}
/** `a, b` → short names; the order counts. */
function splitProfiles(text) {
    const names = text.split(',').map((name) => name.trim());
    return [...new Set(names.filter((name) => name !== '').map((name) => shortName(profileId(name))))];
}

;// CONCATENATED MODULE: ./build/packages/hardening/src/index.js











/***/ })

};
