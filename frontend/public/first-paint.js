// Runs before the first paint, so that a dark screen never flashes light.
// A file of its own, because the content policy forbids inline scripts.
(function () {
  var choice = 'auto';
  try {
    choice = localStorage.getItem('smartclub.theme') || 'auto';
  } catch {
    // Storage may be forbidden; the system's choice then holds.
  }
  var dark = choice === 'dark' || (choice === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
