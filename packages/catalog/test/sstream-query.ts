/**
 * A client of Simplestreams with the semantics of `sstream-query`: it begins at an index, follows it to the products
 * files, and flattens each item with all that its version, product and file say (the deeper one wins). Signatures are
 * required when the first path ends in `.sjson`. Filters are exact; `max` counts versions of a product, newest first,
 * where the newest is the last version key in the order of texts.
 */
export type Item = Readonly<Record<string, string | number>>;

type Tree = Record<string, unknown>;

export async function query(
  read: (path: string) => Promise<string>,
  start: string,
  verified: (text: string) => Promise<string>,
  filters: Readonly<Record<string, string>>,
  max: number = Number.POSITIVE_INFINITY,
): Promise<readonly Item[]> {
  const isSigned = start.endsWith('.sjson');
  const open = async (path: string): Promise<Tree> => {
    const text = await read(path);
    if (isSigned && !text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----')) {
      throw new Error(`${path} is not signed`);
    }
    return JSON.parse(isSigned ? await verified(text) : text) as Tree;
  };
  const index = await open(start);
  if (index.format !== 'index:1.0') {
    throw new Error(`${start} has the format ${String(index.format)}`);
  }
  const items: Item[] = [];
  for (const [id, entry] of Object.entries(
    index.index as Record<string, { path: string; format: string }>,
  ).sort()) {
    const file = await open(entry.path);
    if (file.format !== 'products:1.0' || file.content_id !== id) {
      throw new Error(`${entry.path} is not the products file of ${id}`);
    }
    for (const [name, product] of Object.entries(file.products as Record<string, Tree>).sort()) {
      const versions = Object.entries(product.versions as Record<string, Tree>).sort(([a], [b]) =>
        a < b ? 1 : -1,
      );
      for (const [version, content] of versions.slice(0, max)) {
        for (const [itemName, item] of Object.entries(content.items as Record<string, Tree>).sort()) {
          const flat: Record<string, string | number> = {
            ...plain(file),
            ...plain(product),
            ...plain(content),
            ...plain(item),
            content_id: id,
            product_name: name,
            version_name: version,
            item_name: itemName,
          };
          if (Object.entries(filters).every(([key, value]) => flat[key] === value)) {
            items.push(flat);
          }
        }
      }
    }
  }
  return items;
}

function plain(tree: Tree): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(tree).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );
}
