// Only this platform's binary was unpacked, beside this file.
exports.rgPath = require('node:path').join(__dirname, process.platform === 'win32' ? 'rg.exe' : 'rg');
