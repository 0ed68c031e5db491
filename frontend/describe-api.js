// Makes the types of the API out of what the built silo says of itself, so that the web app and the silo can never
// disagree unnoticed. Nothing of it is kept in the repository: a file that two people change at once would only be
// a conflict. Runs before every build, check and lint; does nothing while the silo is the same.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const builds = ['publish', 'Release/net10.0', 'Debug/net10.0']
  .map((folder) => here(`../silo/bin/${folder}/SmartClub.Silo.dll`))
  .filter(existsSync)
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
const [silo] = builds;
if (silo === undefined) {
  console.error('The silo is not built yet: run `dotnet build silo` first, the web app takes its types from it.');
  process.exit(1);
}

// The folder of build output is ignored by git, and by whatever asks if the sources have changed.
const document = here('obj/openapi.json');
const types = here('obj/api.d.ts');
const mark = here('obj/api.mark');
const current = `${silo} ${statSync(silo).mtimeMs}`;
if (!existsSync(types) || !existsSync(mark) || readFileSync(mark, 'utf8') !== current) {
  mkdirSync(here('obj'), { recursive: true });
  execFileSync('dotnet', [silo, 'describe', document], { stdio: 'inherit' });
  const { default: openapi, astToString } = await import('openapi-typescript');
  writeFileSync(types, astToString(await openapi(JSON.parse(readFileSync(document, 'utf8')))));
  writeFileSync(mark, current);
}
