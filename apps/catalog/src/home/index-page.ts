/** The front page: what this is and where to go from here. */
export const INDEX_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evernest catalogue</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
  body { max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }
  h1 { font-size: 1.75rem; margin-bottom: 0.25rem; }
  code { font-size: 0.9em; }
  li { margin: 0.4rem 0; }
</style>
</head>
<body>
<h1>Evernest catalogue</h1>
<p>Books, authors, genres and copies, served by a NestJS service that keeps itself alive.</p>
<ul>
<li><a href="/books?search=moby">/books?search=moby</a>: full-text search over titles and authors</li>
<li><a href="/authors?search=aesop">/authors</a>, <a href="/genres">/genres</a>, <a href="/copies">/copies</a></li>
<li><a href="/books/export?format=csv">/books/export?format=csv</a>: the whole catalogue as a stream</li>
<li><a href="/docs">/docs</a>: the API, with every error it can answer</li>
<li><a href="/health">/health</a>: how this worker is</li>
</ul>
</body>
</html>
`;
