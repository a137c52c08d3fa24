/** `README.md` of every catalog: what a visitor of its branch or folder reads first. */
export const CATALOG_README = `# A catalog of cloud images

Written by image-lifecycle; do not edit: everything here follows from the audit log in \`log/\`.

| folder | what it holds |
| --- | --- |
| \`streams/v1/\` | Simplestreams, for clients: begin at \`index.sjson\` (signed) or \`index.json\` |
| \`versions/\` | one record a version: state, dates, digests |
| \`images/\` | what was published with each version; it never changes |
| \`status/\` | one file an image, for machines that run it |
| \`feeds/\` | what happened, as Atom and JSON feeds |
| \`log/\` | RFC 6962 Merkle log as C2SP tlog-tiles, with a signed checkpoint |
| \`keys/\` | public keys; compare them with what you know from elsewhere |
`;
