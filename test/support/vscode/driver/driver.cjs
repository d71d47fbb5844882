// Runs in the extension host. Opens a port on 127.0.0.1 and writes {port, token} to the file that the environment
// variable KAFKA_DAPR_DRIVER names. Requests are JSON with the token in a header:
//   POST /eval  {body, args}   runs an async function body with (vscode, args, require); answers {ok, value | error}
//   POST /mocha {mocha, files} runs mocha test files; answers one JSON line an event: pass, fail, end
const vscode = require('vscode');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');

const AsyncFunction = (async () => {}).constructor;

exports.activate = function activate(context) {
  const file = process.env.KAFKA_DAPR_DRIVER;
  if (!file) return;
  const token = crypto.randomBytes(16).toString('hex');
  const server = http.createServer((request, response) => {
    if (request.headers['x-token'] !== token) return response.writeHead(403).end();
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const message = JSON.parse(text);
      if (request.url === '/eval') void evaluate(message, response);
      else void runMocha(message, response);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(`${file}.part`, JSON.stringify({ port: server.address().port, token, version: vscode.version }));
    fs.renameSync(`${file}.part`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};

async function evaluate({ body, args }, response) {
  let answer;
  try {
    const value = await new AsyncFunction('vscode', 'args', 'require', body)(vscode, args, require);
    answer = JSON.stringify({ ok: true, value });
  } catch (error) {
    answer = JSON.stringify({ ok: false, error: textOf(error) });
  }
  response.end(answer);
}

async function runMocha({ mocha, files, grep }, response) {
  const send = (event) => response.write(JSON.stringify(event) + '\n');
  try {
    const { default: Mocha } = await import(mocha);
    const suite = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: function silent() {} });
    if (grep) suite.grep(grep);
    for (const f of files) {
      delete require.cache[f];
      suite.addFile(f);
    }
    await suite.loadFilesAsync();
    await new Promise((resolve) => {
      suite
        .run(resolve)
        .on('pass', (test) => send({ type: 'pass', title: test.fullTitle(), ms: test.duration }))
        .on('fail', (test, error) => send({ type: 'fail', title: test.fullTitle(), error: textOf(error) }))
        // a hook's failure is a 'fail' event too; a pending test is a test that proved nothing
        .on('pending', (test) => send({ type: 'fail', title: test.fullTitle(), error: 'skipped' }));
    });
  } catch (error) {
    send({ type: 'fail', title: 'mocha', error: textOf(error) });
  }
  response.end(JSON.stringify({ type: 'end' }) + '\n');
}

const textOf = (error) => String((error && error.stack) || error);
