//! The look of the page: the roles and colours of the window, in both appearances.

/// Colours by role, as in the window. No other part of the page names one.
pub(super) const STYLE: &str = "
:root { color-scheme: light dark;
  --paper: #f6f1e7; --card: #fffbf2; --ink: #22262b; --soft: #5b5f63; --line: #ddd3c1; --track: #e8dfce;
  --calm: #2f6f73; --heat: #b4472e; --gold: #8a6414; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #1b1f24; --card: #242a31; --ink: #efe9dc; --soft: #a9adaf; --line: #39414a; --track: #333a42;
  --calm: #6fb5b3; --heat: #e08a6d; --gold: #d2a84c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', system-ui, sans-serif; }
main, header { max-width: 1180px; margin: 0 auto; padding: 16px 24px; }
h1, h2 { font-family: Literata, Georgia, serif; font-weight: 500; line-height: 1.25; }
h1 { font-size: 32px; margin: 24px 0 8px; } h2 { font-size: 26px; margin: 48px 0 8px; }
h3 { font-size: 18px; margin: 32px 0 8px; } h4 { font-size: 16px; margin: 16px 0 4px; }
p { max-width: 70ch; margin: 8px 0; } .soft { color: var(--soft); }
nav a { color: var(--calm); margin-right: 16px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin: 12px 0; }
.scroll { overflow-x: auto; } .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--calm); }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
th, td { text-align: left; vertical-align: middle; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { color: var(--soft); font-weight: 400; vertical-align: bottom; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.met { color: var(--calm); } .missed { color: var(--heat); font-weight: 600; } .not { color: var(--gold); }
code { font-size: 14px; } summary { cursor: pointer; padding: 6px 0; color: var(--calm); }
svg { display: block; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; } svg .soft { fill: var(--soft); }
svg .small { font-size: 12px; }
.panels { display: flex; flex-wrap: wrap; gap: 16px 24px; }
.axis { stroke: var(--line); stroke-width: 1; fill: none; } .arrow { stroke: var(--soft); fill: none; }
.box { fill: var(--card); stroke: var(--line); } .track { fill: var(--track); }
.f-calm { fill: var(--calm); } .f-heat { fill: var(--heat); } .f-gold { fill: var(--gold); }
.s-calm { stroke: var(--calm); fill: none; } .s-heat { stroke: var(--heat); fill: none; }
.s-gold { stroke: var(--gold); fill: none; } .s-soft { stroke: var(--soft); fill: none; } svg .t-calm { fill: var(--calm); } svg .t-heat { fill: var(--heat); }
svg .t-gold { fill: var(--gold); } svg .t-soft { fill: var(--soft); }
td.slug { white-space: nowrap; }
@media print { details { display: block; } .card { break-inside: avoid; } }
";
