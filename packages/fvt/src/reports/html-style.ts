/** The page's style: readable in light and dark, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --good: #1a7f37; --bad: #b42318; --warn: #9a6700; --grey: #6e7781; --line: #8884; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { color: #fff; padding: 1.2rem max(1rem, calc(50vw - 34rem)); }
header.good { background: var(--good); } header.bad { background: var(--bad); }
header h1 { margin: 0; font-size: 1.3rem; } header .verdict { margin: .2rem 0 0; font-size: 1.8rem; font-weight: 700; }
header p { margin: .3rem 0 0; overflow-wrap: anywhere; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
.facts { display: grid; gap: .4rem; margin: 0; } .facts div { display: flex; gap: 1rem; flex-wrap: wrap; }
.facts dt { min-width: 8rem; color: var(--grey); } .facts dd { margin: 0; overflow-wrap: anywhere; flex: 1; }
.counts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .6rem; }
.counts li { border: 1px solid var(--line); border-left: 4px solid var(--grey); padding: .3rem .8rem; border-radius: 4px; }
.counts .pass { border-left-color: var(--good); } .counts .fail, .counts .error { border-left-color: var(--bad); }
.counts .flaky { border-left-color: var(--warn); }
table { border-collapse: collapse; width: 100%; } .cases td, .cases th { border-top: 1px solid var(--line); padding: .5rem; text-align: left; vertical-align: top; }
.cases td { overflow-wrap: anywhere; } .cases td:last-child { width: 50%; } .cases code { font-weight: 600; overflow-wrap: anywhere; } small { color: var(--grey); }
.cases dl { margin: 0; } .cases dt { color: var(--grey); font-size: .85em; } .cases dd { margin: 0 0 .3rem; }
.badge { border-radius: 4px; padding: .1rem .5rem; color: #fff; background: var(--grey); white-space: nowrap; }
td.pass .badge { background: var(--good); } td.fail .badge, td.error .badge { background: var(--bad); } td.flaky .badge { background: var(--warn); }
.timeline th { text-align: left; font-weight: 400; white-space: nowrap; padding-right: 1rem; } .timeline td:nth-child(2) { width: 100%; }
.timeline td:last-child { white-space: nowrap; padding-left: 1rem; text-align: right; } .timeline div { background: #0969da; height: .9rem; border-radius: 2px; }
pre { overflow: auto; max-height: 30rem; padding: .8rem; border: 1px solid var(--line); border-radius: 4px; font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
img { max-width: 100%; border: 1px solid var(--line); } figure { margin: 0 0 1rem; } figcaption { color: var(--grey); }
.machines td, .machines td:nth-child(2) { width: auto; } .number { text-align: right; white-space: nowrap; } .quarantine { border-left: 4px solid var(--warn); margin: .4rem 0 0; padding-left: .6rem; }
@media print { pre { max-height: none; } }
`;
