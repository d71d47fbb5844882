// Telemetry is off, and has nobody to talk to.
exports.AppInsightsCore = class {
  initialize() {}
  track() {}
  unload() {}
  pollInternalLogs() {}
};
