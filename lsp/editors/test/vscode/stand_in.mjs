// Stands between VS Code and the server, and answers the requests of PROTOCOL.md that the server does not know yet,
// so that the views can be tried. It passes everything else on. To be deleted when the server answers them.
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const server = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
server.on('exit', (code) => process.exit(code ?? 1));
const asked = new Map();
const texts = new Map();

function frames(stream, take) {
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, head).toString())?.[1]);
      if (rest.length < head + 4 + length) return;
      take(JSON.parse(rest.subarray(head + 4, head + 4 + length).toString()));
      rest = rest.subarray(head + 4 + length);
    }
  });
}
const send = (stream, message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  stream.write(`Content-Length: ${body.length}\r\n\r\n`);
  stream.write(body);
};

frames(process.stdin, (message) => {
  if (message.method?.startsWith('hjemmel/') && message.id !== undefined) asked.set(message.id, message);
  if (message.method === 'textDocument/didOpen') texts.set(message.params.textDocument.uri, message.params.textDocument.text);
  if (message.method === 'textDocument/didChange') {
    const { textDocument, contentChanges } = message.params;
    let text = texts.get(textDocument.uri) ?? '';
    for (const { range, text: put } of contentChanges) {
      if (!range) {
        text = put;
        continue;
      }
      const lines = text.split('\n');
      const at = ({ line, character }) => lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0) + character;
      text = text.slice(0, at(range.start)) + put + text.slice(at(range.end));
    }
    texts.set(textDocument.uri, text);
  }
  send(server.stdin, message);
});
process.stdin.on('end', () => server.stdin.end());
frames(server.stdout, (message) => {
  const request = asked.get(message.id);
  if (request && !message.method) asked.delete(message.id);
  if (request && message.error?.code === -32601) send(process.stdout, { id: message.id, result: made(request) });
  else send(process.stdout, message);
});

const limit = () => Number(/frist (\d) måneder/.exec([...texts.entries()].find(([uri]) => uri.endsWith('regler.regel'))?.[1] ?? '')?.[1] ?? 6);
const uriOf = (name) => [...texts.keys()].find((uri) => uri.endsWith(name)) ?? (process.env.WORKSPACE ? `file://${encodeURI(`${process.env.WORKSPACE}/${name}`)}` : undefined);
const range = (line) => ({ start: { line, character: 0 }, end: { line, character: 40 } });
const title = 'Barsel og praktik';

function made({ method, params }) {
  const months = limit();
  if (method === 'hjemmel/lawDate') return { date: params.date };
  if (method === 'hjemmel/translate') return null;
  if (method === 'hjemmel/explain') return { title, text: `# ${title}\n\n- \`tilbudspligt\` er **i_tilbud** fra 15. juni 2017, fordi \`tilbud\` opfylder pligten.\n  - hjemmel: LAB § 92, stk. 2\n` };
  if (method === 'hjemmel/compare') return null;
  const failed = months !== 6;
  const line = (at, expected, actual) => ({ range: range(at), passed: !actual, expected, ...(actual && { actual }) });
  if (method === 'hjemmel/examples') {
    return [
      {
        uri: uriOf('eksempler.regel'),
        examples: [
          { title: 'Et halvt år uden tilbud', range: range(0), passed: !failed, lines: [line(4, 'frist_løber fra 4. januar 2017 til og med 4. juli 2017', failed ? `frist_løber fra 4. januar 2017 til og med 4. juni 2017` : undefined)] },
          { title, range: range(8), passed: true, lines: [line(14, 'ja fra 4. januar 2017')] },
        ],
      },
    ];
  }
  if (!params.textDocument.uri.endsWith('eksempler.regel')) return null;
  const run = (from, to, state, more) => ({ from, to, state, ...more });
  const due = `2017-0${months + 1}-04`;
  const basis = ['LAB § 92, stk. 2'];
  return {
    title: params.position.line < 8 ? 'Et halvt år uden tilbud' : title,
    rules: [
      {
        name: 'tilbudspligt',
        title: 'Tilbud',
        location: { uri: uriOf('regler.regel'), range: { start: { line: 11, character: 6 }, end: { line: 11, character: 18 } } },
        runs: [
          run('2017-01-04', '2017-02-28', 'frist_løber', { basis, due }),
          run('2017-03-01', '2017-05-31', 'fritaget', { basis: ['LAB § 91 a, stk. 3'] }),
          run('2017-06-01', '2017-06-14', 'frist_løber', { basis, due }),
          run('2017-06-15', '2017-07-15', 'i_tilbud', { basis: ['LAB § 91 a, stk. 2'] }),
          run('2017-07-16', '2018-07-15', 'frist_løber', { basis, due: '2018-07-15' }),
          run('2018-07-16', null, 'overskredet', { basis, due: '2018-07-15' }),
        ],
      },
      { name: 'opfølgning', title: 'Aktiv indsats det seneste år', runs: [run('2017-01-04', '2017-06-14', 'uden_indsats'), run('2017-06-15', '2018-07-15', 'med_indsats'), run('2018-07-16', null, 'ukendt', { missing: ['indsats efter 15. juli 2018'] })] },
      { name: 'målgruppe', title: 'Får kontanthjælp', runs: [run('2017-01-04', null, 'ja', { basis: ['LAB § 2, nr. 3'] })] },
    ],
  };
}
