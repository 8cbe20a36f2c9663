// Draws the timelines. What is shown is set as text, never as markup.
(() => {
  const vscode = acquireVsCodeApi();
  const byId = (id) => document.getElementById(id);
  const [title, none, chart, detail, help] = ['title', 'none', 'chart', 'detail', 'help'].map(byId);
  const DAY = 86400000;
  const MONTHS = {
    da: ['jan.', 'feb.', 'marts', 'april', 'maj', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'],
    en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  };
  /** How the states of a duty, and of a condition, look. */
  const LOOKS = {
    none: ['ikke_omfattet', 'not_covered', 'nej', 'no'],
    good: ['i_tilbud', 'in_offer', 'indfriet', 'discharged', 'ja', 'yes'],
    waits: ['frist_løber', 'deadline_running'],
    bad: ['overskredet', 'overdue'],
    away: ['fritaget', 'exempt', 'udsat', 'suspended'],
    task: ['afventer_skøn', 'awaits_assessment', 'skal_revurderes', 'must_be_reassessed'],
    unknown: ['ukendt', 'unknown'],
  };
  let texts = {};
  /** The buttons of each row. */
  let rows = [];
  let selected = vscode.getState() ?? { rule: '', from: '' };

  const element = (tag, className, text) => {
    const it = document.createElement(tag);
    if (className) it.className = className;
    if (text !== undefined) it.textContent = text;
    return it;
  };
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[Number(n)] ?? '');
  /** The number of a day. */
  const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);

  const look = (state, others) => {
    const known = Object.entries(LOOKS).find(([, states]) => states.includes(state));
    return known ? known[0] : `c${Math.max(0, others.indexOf(state)) % 5}`;
  };

  const period = (run) => {
    if (!run.to) return fill(texts.from, run.fromText);
    return run.to === run.from ? fill(texts.one, run.fromText) : fill(texts.span, run.fromText, run.toText);
  };

  /** What is said of a run, one line each. */
  const said = (run) => {
    const lines = [period(run)];
    if (run.due) lines.push(fill(texts.due, run.dueText));
    if (run.basis?.length) lines.push(fill(texts.basis, run.basis.join('; ')));
    if (run.missing?.length) lines.push(fill(texts.missing, run.missing.join('; ')));
    return lines;
  };

  /** The first days of months that stand on the axis: as many as there is room for. */
  const ticks = (first, last, language, width) => {
    const most = Math.max(2, Math.floor(width / 85));
    const days = last - first;
    const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => days / (months * 30.4) <= most) ?? 240;
    const start = new Date(first * DAY);
    let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + (start.getUTCDate() > 1 ? 1 : 0)) / step) * step;
    const out = [];
    for (; ; month += step) {
      const at = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
      if (last <= at) return out;
      const year = Math.floor(month / 12);
      const name = MONTHS[language][month % 12];
      out.push({ at, text: step % 12 === 0 ? `${year}` : month % 12 === 0 || out.length === 0 ? `${name} ${year}` : name });
    }
  };

  const draw = (timelines, language) => {
    chart.replaceChildren();
    detail.replaceChildren();
    rows = [];
    title.textContent = timelines ? timelines.title : texts.timelines;
    document.documentElement.lang = language;
    const runs = timelines ? timelines.rules.flatMap((rule) => rule.runs) : [];
    none.hidden = runs.length !== 0;
    none.textContent = timelines ? texts.noRules : texts.none;
    help.textContent = runs.length ? texts.help : '';
    if (runs.length === 0) return;

    const firsts = runs.map((run) => number(run.from));
    const ends = runs.flatMap((run) => [run.to, run.due].filter(Boolean).map(number));
    const first = Math.min(...firsts);
    const known = Math.max(...firsts, ...ends) + 1;
    const open = runs.some((run) => !run.to);
    // A run without an end is drawn a little beyond the last day that is known.
    const last = Math.max(first + 7, known + (open ? Math.max(7, Math.round((known - first) * 0.12)) : 0));
    const place = (it, from, to) => {
      it.style.left = `${((from - first) / (last - first)) * 100}%`;
      if (to !== undefined) it.style.width = `${((Math.min(to, last) - from) / (last - first)) * 100}%`;
    };

    const head = element('div', 'row');
    head.setAttribute('aria-hidden', 'true');
    head.append(element('div', 'name'));
    const axis = element('div', 'track axis');
    head.append(axis);
    chart.append(head);
    for (const { at, text } of ticks(first, last, language, axis.clientWidth)) {
      const tick = element('div', 'tick', text);
      place(tick, at);
      axis.append(tick);
    }

    timelines.rules.forEach((rule, index) => {
      const row = element('div', 'row');
      row.setAttribute('role', 'row');
      const name = element('div', 'name', rule.name);
      name.setAttribute('role', 'rowheader');
      name.title = rule.title || rule.name;
      const track = element('div', 'track');
      track.setAttribute('role', 'presentation');
      const others = [...new Set(rule.runs.map((run) => run.state))].filter((state) => !Object.values(LOOKS).flat().includes(state));
      const buttons = rule.runs.map((run) => {
        const from = number(run.from);
        const to = run.to ? number(run.to) + 1 : last;
        const button = element('button', `run ${look(run.state, others)}`, run.state);
        button.type = 'button';
        button.tabIndex = -1;
        button.setAttribute('role', 'gridcell');
        button.setAttribute('aria-label', [`${rule.name} ${run.state}`, ...said(run)].join(', '));
        button.title = [run.state, ...said(run)].join('\n');
        if (!run.to) button.classList.add('open');
        if (((to - from) / (last - first)) < 0.03) button.classList.add('narrow');
        place(button, from, to);
        const it = { button, rule, run, index, from };
        button.addEventListener('focus', () => select(it));
        button.addEventListener('click', () => button.focus());
        button.addEventListener('dblclick', () => reveal(index));
        button.addEventListener('keydown', (event) => move(event, it));
        track.append(button);
        return it;
      });
      for (const due of new Set(rule.runs.map((run) => run.due).filter(Boolean))) {
        if (number(due) < first) continue;
        const mark = element('div', 'due');
        mark.setAttribute('aria-hidden', 'true');
        place(mark, number(due) + 1);
        track.append(mark);
      }
      row.append(name, track);
      chart.append(row);
      rows.push(buttons);
    });

    const all = rows.flat();
    const ofRule = all.filter((it) => it.rule.name === selected.rule);
    const says = (it) => look(it.run.state, []) !== 'none';
    const before = ofRule.find((it) => it.run.from === selected.from) ?? ofRule.find(says) ?? all.find(says) ?? all[0];
    if (before) select(before);
  };

  const reveal = (rule) => vscode.postMessage({ kind: 'open', rule });

  const select = (it) => {
    for (const other of rows.flat()) {
      other.button.tabIndex = -1;
      other.button.classList.remove('selected');
      other.button.setAttribute('aria-selected', 'false');
    }
    it.button.tabIndex = 0;
    it.button.classList.add('selected');
    it.button.setAttribute('aria-selected', 'true');
    selected = { rule: it.rule.name, from: it.run.from };
    vscode.setState(selected);
    const head = element('p');
    head.append(element('strong', '', `${it.rule.name}: ${it.run.state}`));
    const name = it.rule.title ? [element('p', '', it.rule.title)] : [];
    detail.replaceChildren(head, ...name, ...said(it.run).map((line) => element('p', '', line)));
  };

  const move = (event, it) => {
    const row = rows[it.index];
    const at = row.indexOf(it);
    const beside = (step) => {
      for (let index = it.index + step; rows[index]; index += step) {
        // Of the other rule, what it says on the first day of this run, or nearest to it.
        const before = rows[index].filter((other) => other.from <= it.from);
        const found = before[before.length - 1] ?? rows[index][0];
        if (found) return found;
      }
      return undefined;
    };
    const to = {
      ArrowLeft: () => row[at - 1],
      ArrowRight: () => row[at + 1],
      ArrowUp: () => beside(-1),
      ArrowDown: () => beside(1),
      Home: () => row[0],
      End: () => row[row.length - 1],
    }[event.key];
    if (to) {
      event.preventDefault();
      to()?.button.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      reveal(it.index);
    }
  };

  let shown;
  const again = () => {
    const focused = document.activeElement?.classList.contains('run');
    draw(shown.timelines, shown.language);
    if (focused) chart.querySelector('.selected')?.focus();
  };
  window.addEventListener('message', (event) => {
    if (event.data?.kind !== 'draw') return;
    shown = event.data;
    texts = shown.texts;
    again();
  });
  window.addEventListener('resize', () => shown && again());
  vscode.postMessage({ kind: 'ready' });
})();
