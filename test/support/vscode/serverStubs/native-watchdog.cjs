// Would end the extension host when its server dies; here both are one process group that ends as one.
exports.start = () => {};
