export { withFileSource } from './block-source.ts';
export { parseChecksumList } from './checksum-list.ts';
export type { Medium } from './identify.ts';
export { type IsoTree, openIso } from './iso-tree.ts';
export { type EndOfLife, endOfLife } from './lifecycle.ts';
export { armoredKeys, vendorKeyring } from './vendor-keyring.ts';
export { VENDORS, type Vendor } from './vendors.ts';
export { type VerifiedMedium, verifyMedium } from './verify-medium.ts';
export type { MediumRequest } from './verify-request.ts';
