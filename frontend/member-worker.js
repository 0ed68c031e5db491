// Keeps the members' app on the phone, so that a pass opens at once, also in a cellar without a network. What the club
// says (/api) is never kept here: the app itself keeps the last answers and says how old they are.
const cacheName = 'smartclub-app-' + 'VERSION';
const page = '/app';
const files = [/* FILES */];

self.addEventListener('install', (event) => {
  const kept = caches.open(cacheName).then((cache) => cache.addAll([page, '/icon.svg', ...files]));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const tidied = caches
    .keys()
    .then((names) => names.filter((name) => name.startsWith('smartclub-app-') && name !== cacheName))
    .then((old) => Promise.all(old.map((name) => caches.delete(name))));
  event.waitUntil(tidied.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) {
    return;
  }
  const isPage = request.mode === 'navigate' && (pathname === page || pathname.startsWith(page + '/'));
  if (isPage || pathname === '/icon.svg' || files.includes(pathname)) {
    event.respondWith(
      caches.match(isPage ? page : pathname, { cacheName }).then((kept) => kept ?? fetch(request)),
    );
  }
});
