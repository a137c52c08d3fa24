/**
 * Writes what is derived from definitions: actions/<name>/action.yml, the tables of actions/<name>/README.md (and
 * sections of its own, where it has src/sections.ts), the JSON Schemas of image.yml and of user cases, and the
 * catalog site's style and scripts as a module. With --check, only says what is not up to date.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ActionDefinition, actionMetadata, readmeTables } from '@golden-image/action-kit';
import { publishedSchema } from '@golden-image/fvt';
import { jsonSchema } from '@golden-image/image';

const root = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const name of (await readdir(path.join(root, 'actions'))).sort()) {
  const folder = path.join(root, 'actions', name);
  const { definition } = (await import(path.join(folder, 'src/definition.ts'))) as {
    definition: ActionDefinition;
  };
  if (definition.name !== name) {
    throw new Error(`actions/${name}/src/definition.ts is named ${definition.name}`);
  }
  await update(path.join(folder, 'action.yml'), () => actionMetadata(definition));
  const own = path.join(folder, 'src/sections.ts');
  const { sections = {} } = existsSync(own)
    ? ((await import(own)) as { sections?: Readonly<Record<string, string>> })
    : {};
  await update(path.join(folder, 'README.md'), (old) =>
    Object.entries({ ...readmeTables(definition), ...sections }).reduce(
      (text, [section, table]) => replaceSection(text, section, table, name),
      old,
    ),
  );
}
await update(
  path.join(root, 'packages/image/schema/image.schema.json'),
  () => `${JSON.stringify(jsonSchema(), null, 2)}\n`,
);
await update(
  path.join(root, 'packages/fvt/schema/user-cases.schema.json'),
  () => `${JSON.stringify(publishedSchema(), null, 2)}\n`,
);
await update(path.join(root, 'packages/catalog/src/site/assets.generated.ts'), await siteAssets());
if (stale.length > 0) {
  console.error(`Not up to date: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}

/** The site's pages carry their style and scripts in them, so a bundle has no files to look for. */
async function siteAssets(): Promise<() => string> {
  const files = { STYLE: 'style.css', LIST_SCRIPT: 'list.js', IMAGE_SCRIPT: 'image.js' };
  const lines = await Promise.all(
    Object.entries(files).map(async ([name, file]) => {
      const text = await readFile(path.join(root, 'packages/catalog/site', file), 'utf8');
      return `export const ${name} = ${JSON.stringify(text)};`;
    }),
  );
  const head =
    '// biome-ignore-all format: generated\n// biome-ignore-all lint: generated\n// Generated from packages/catalog/site by `npm run generate`.\n';
  return () => `${head}${lines.join('\n')}\n`;
}

async function update(file: string, change: (old: string) => string): Promise<void> {
  const old = await readFile(file, 'utf8').catch(() => '');
  const text = change(old);
  if (text === old) {
    return;
  }
  if (check) {
    stale.push(path.relative(root, file));
  } else {
    await writeFile(file, text);
    console.log(`wrote ${path.relative(root, file)}`);
  }
}

/** Replaces what stands between `<!-- <section>:begin -->` and `<!-- <section>:end -->`. */
function replaceSection(readme: string, section: string, table: string, action: string): string {
  const begin = `<!-- ${section}:begin -->`;
  const end = `<!-- ${section}:end -->`;
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`actions/${action}/README.md has no "${begin} … ${end}"`);
  }
  return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`;
}
