"""Reports in a browser. A package, so that the browser, an event loop, ends with it."""
