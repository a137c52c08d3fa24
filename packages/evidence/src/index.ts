export { signStatementBundle, verifyStatementBundle } from './bundle.ts';
export { stableJson } from './canonical-json.ts';
export {
  type Artifact,
  type Chain,
  determineChain,
  type Link,
  type NamedStatement,
  produced,
  startedFrom,
} from './chain.ts';
export type { Check, SignedBy, TrustedKeys } from './check.ts';
export type { SignedStatement } from './check-statements.ts';
export { type ArtefactDigests, digestFolder, type FolderDigests } from './digest-folder.ts';
export { type Algorithm, digestFile } from './digests.ts';
export { keyMaterial, readTrustedKeys } from './key-material.ts';
export { type PrivateKey, type PublicKey, readPrivateKey, readPublicKey } from './keys.ts';
export { type MinisignKey, readMinisignKey } from './minisign.ts';
export {
  canonicalClear,
  canonicalPublicKey,
  type OpenPgpKey,
  readOpenPgpKey,
  signClear,
  verifyClear,
  verifyDetached,
} from './openpgp.ts';
export { judgeReport, type Method, methods, type Proof, type ProvenBy } from './proof.ts';
export { annotationsOf, type ReleaseName, readAnnotations } from './release-statement.ts';
export { signFolder } from './sign-folder.ts';
export type { Keyless, SignerIdentity, SignRequest, SignResult } from './sign-types.ts';
export { commandSigner, keySigner, SIGNING_TOOLS, type Signer } from './signer.ts';
export { readEndpoints, type SigstoreEndpoints, serviceUrl } from './sigstore/endpoints.ts';
export { type TrustedIdentity, trustedIdentity } from './sigstore/identity.ts';
export { type KeylessOptions, keylessSigner } from './sigstore/keyless.ts';
export { fetchTrustedRoots } from './sigstore/trusted-root.ts';
export { timestampWitness, type Witness } from './sigstore/witness.ts';
export {
  createStatement,
  type DigestSet,
  digestSet,
  EXPORT_BUILD_TYPE,
  predicateTypes,
  type ResourceDescriptor,
  resourceDescriptor,
  STATEMENT_TYPE,
  type Statement,
  statementSchema,
  type TestResult,
  testResultPredicate,
} from './statement.ts';
export { type StatementFacts, statementFacts } from './statement-facts.ts';
export { type GivenTrust, givenRoots, readTrust, textOrFile } from './trust.ts';
export { type AttestationStore, uploadAttestations } from './upload.ts';
export { type FolderReport, type VerifyRequest, verifyFolder } from './verify-folder.ts';
