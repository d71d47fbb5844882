// @vscode/spdlog without its native part: the same interface, plain appending.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_kind, _name, file) {
    this.level = LEVELS.indexOf('info');
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.stream = fs.createWriteStream(file, { flags: 'a' });
    this.stream.on('error', () => (this.stream = undefined)); // the folder is deleted while the server still ends
  }
  write(level, text) {
    if (LEVELS.indexOf(level) < this.level) return;
    this.stream?.write(this.raw ? text : `${new Date().toISOString()} [${level}] ${text}\n`);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    this.stream?.end();
    this.stream = undefined;
  }
}
for (const level of LEVELS) {
  Logger.prototype[level] = function log(text) {
    this.write(level, text);
  };
}

const create = async (name, file) => new Logger('rotating', name, file);

// One by one: VS Code imports this as an ES module, and Node finds the names in the text.
exports.version = 1;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
