/** Of the HTML report; light and dark by the reader's setting. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2330;--soft:#5b6675;--line:#dfe3e9;--good:#12805c;--bad:#b42318;--unsure:#a15c07;--calm:#475467}
@media (prefers-color-scheme:dark){:root{--bg:#11151b;--card:#1a2029;--ink:#e6eaf0;--soft:#9aa5b4;--line:#2d3642;--good:#4cc38a;--bad:#ff7b72;--unsure:#e3a04f;--calm:#a9b4c2}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main{max-width:62rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
h1{margin:0;font-size:1.8rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:0 0 .4rem}
header p{margin:.2rem 0;color:var(--soft)}
.kind{text-transform:uppercase;letter-spacing:.08em;font-size:.8rem}
section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.1rem 1.2rem;margin:1rem 0}
.big strong{font-size:2.6rem;margin-right:.6rem}
.big span,.note,section>p,details>p{color:var(--soft)}
.note{font-size:.9rem}
.bar{height:.7rem;background:var(--line);border-radius:1rem;overflow:hidden;margin:.6rem 0 1rem}
.bar i{display:block;height:100%;background:var(--good)}
.score dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.7rem;margin:0}
.score dl div{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .8rem}
.score dt{color:var(--soft);font-size:.85rem}
.score dd{margin:0;font-size:1.5rem;font-weight:600}
.good dd{color:var(--good)}.bad dd{color:var(--bad)}.unsure dd{color:var(--unsure)}.calm dd{color:var(--calm)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th{text-align:left;color:var(--soft);font-weight:600}
th,td{padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td code{display:block;color:var(--soft);font-size:.8rem;overflow-wrap:anywhere}
td ul{margin:.2rem 0 0;padding-left:1.1rem;color:var(--soft);font-size:.85rem}
td:last-child,.severity{white-space:nowrap}.severity.high{color:var(--bad);font-weight:600}.severity.medium{color:var(--unsure)}
summary{cursor:pointer}summary h2,summary h3{display:inline}h3{font-size:1rem;margin:.8rem 0 .3rem}details{margin:.3rem 0}
.meter{display:inline-block;width:5rem;height:.5rem;background:var(--line);border-radius:1rem;overflow:hidden}.meter i{display:block;height:100%;background:var(--good)}
.trend{width:100%;height:auto;max-height:11rem}.trend text{fill:var(--soft);font-size:11px}.trend polyline{fill:none;stroke:var(--good);stroke-width:2}.trend circle{fill:var(--good)}.trend line{stroke:var(--line)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){.facts{grid-template-columns:1fr}}
`;
