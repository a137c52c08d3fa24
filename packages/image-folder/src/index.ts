export { type ImageDescriptor, imageDescriptor } from './descriptor.ts';
export {
  type EvidenceFile,
  type EvidenceName,
  type ImageFolder,
  readEvidence,
  readImageFolder,
  readStatement,
  writeDescriptor,
  writeEvidence,
} from './folder.ts';
export { type ImageSource, readImageSource } from './image-source.ts';
