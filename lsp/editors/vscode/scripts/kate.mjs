// Writes Kate's colours, ../kate/regel.xml, from the keyword table. With them Kate knows the language, and its name for the server.
//   node scripts/kate.mjs
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { calendar, keywords } from './keywords.mjs';

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export function kate() {
  const all = keywords();
  const words = (groups) => [...new Set(all.filter((it) => groups.includes(it.group)).flatMap((it) => [it.da, it.en]).flatMap((form) => form.split(' ')))].filter((it) => /^[\p{L}_]+$/u.test(it)).sort();
  const { months, units } = calendar();
  const list = (name, items) => [`    <list name="${name}">`, ...items.map((it) => `      <item>${escape(it)}</item>`), '    </list>'].join('\n');
  const declarations = words(['Declaration']);
  const states = words(['State']);
  // `hver måned` is a keyword, `1 måned` a length of time.
  const others = words(['Clause', 'Link', 'Condition', 'Time']).filter((it) => !states.includes(it) && !units.includes(it));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by scripts/kate.mjs from dsl-grammar/src/keyword.rs -->
<language name="Regel" section="Sources" version="1" kateversion="5.62" extensions="*.regel" mimetype="" license="MIT" casesensitive="true">
  <highlighting>
${list('declarations', declarations)}
${list('keywords', others)}
${list('states', states)}
${list('calendar', [...new Set([...units, ...months, ...months.map((it) => it.toLowerCase())])].sort())}
    <contexts>
      <context name="Line" attribute="Text" lineEndContext="#stay">
        <RegExpr attribute="Summary" context="#stay" String="^&gt;.*$" column="0"/>
        <DetectChar attribute="Comment" context="Comment" char="#"/>
        <DetectChar attribute="String" context="String" char="&quot;"/>
        <RegExpr attribute="Keyword" context="Citation" String="\\b(hjemmel|basis)\\b(?=\\s)"/>
        <keyword attribute="Declaration" context="#stay" String="declarations"/>
        <keyword attribute="Keyword" context="#stay" String="keywords"/>
        <keyword attribute="State" context="#stay" String="states"/>
        <keyword attribute="Number" context="#stay" String="calendar"/>
        <RegExpr attribute="Text" context="#stay" String="[\\p{L}_][\\p{L}\\p{N}_]*"/>
        <RegExpr attribute="Number" context="#stay" String="\\d+([.,-]\\d+)*"/>
      </context>
      <context name="Comment" attribute="Comment" lineEndContext="#pop"/>
      <context name="String" attribute="String" lineEndContext="#pop">
        <DetectChar attribute="String" context="#pop" char="&quot;"/>
      </context>
      <context name="Citation" attribute="Citation" lineEndContext="#pop">
        <DetectChar attribute="Comment" context="#pop!Comment" char="#"/>
        <DetectChar attribute="String" context="String" char="&quot;"/>
      </context>
    </contexts>
    <itemDatas>
      <itemData name="Text" defStyleNum="dsNormal"/>
      <itemData name="Declaration" defStyleNum="dsControlFlow"/>
      <itemData name="Keyword" defStyleNum="dsKeyword"/>
      <itemData name="State" defStyleNum="dsConstant"/>
      <itemData name="Number" defStyleNum="dsDecVal"/>
      <itemData name="String" defStyleNum="dsString"/>
      <itemData name="Citation" defStyleNum="dsImport"/>
      <itemData name="Comment" defStyleNum="dsComment"/>
      <itemData name="Summary" defStyleNum="dsDocumentation"/>
    </itemDatas>
  </highlighting>
  <general>
    <comments><comment name="singleLine" start="#"/></comments>
    <folding indentationsensitive="1"/>
    <keywords casesensitive="1"/>
  </general>
</language>
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  fs.writeFileSync(new URL('../../kate/regel.xml', import.meta.url), kate());
}
