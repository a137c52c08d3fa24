export const id = 87;
export const ids = [87];
export const modules = {

/***/ 6087:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  changeCommand: () => (/* binding */ changeCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/packages/catalog/src/publish/update.js
var update = __webpack_require__(7624);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/plan.js
var plan = __webpack_require__(688);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./build/packages/evidence/src/digests.js
var digests = __webpack_require__(3276);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/image-folder/src/descriptor.js
var descriptor = __webpack_require__(8987);
;// CONCATENATED MODULE: ./build/packages/image-folder/src/folder.js





/** Reports, statements and descriptors beyond this size are not ours. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
/**
 * Reads `image.json` and checks that the disk file is there with the size it names (its digest is the caller's
 * business: hashing takes a pass over the disk).
 *
 * @throws UserError `not-an-image-folder`, `invalid-descriptor`, `disk-missing`
 */
async function readImageFolder(folder) {
    const file = external_node_path_.join(folder, 'image.json');
    const text = await readSmall(file).catch((cause) => {
        throw new errors/* UserError */.yo(`${folder} is not an image folder: image.json cannot be read`, {
            code: 'not-an-image-folder',
            fix: 'Pass the folder that build-image wrote.',
            cause,
        });
    });
    const descriptor = parseDescriptor(file, text);
    const disk = external_node_path_.join(folder, descriptor.disk.file);
    const found = await (0,promises_.stat)(disk).catch(() => undefined);
    if (!found?.isFile() || found.size !== descriptor.disk.size) {
        const actual = found ? `${found.size} bytes` : 'missing';
        throw new errors/* UserError */.yo(`The disk ${disk} is ${actual}, image.json says ${descriptor.disk.size} bytes`, {
            code: 'disk-missing',
            fix: 'The folder is incomplete or was changed: build the image again, or copy it whole.',
        });
    }
    return { folder: external_node_path_.resolve(folder), descriptor, disk: external_node_path_.resolve(disk) };
}
function parseDescriptor(file, text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (cause) {
        throw new errors/* UserError */.yo(`${file} is not JSON`, {
            code: 'invalid-descriptor',
            fix: 'Build the image again.',
            cause,
        });
    }
    const parsed = descriptor/* imageDescriptor */.V.safeParse(value);
    if (!parsed.success) {
        const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
        throw new errors/* UserError */.yo(`${file} is not valid: ${where.join('; ')}`, {
            code: 'invalid-descriptor',
            fix: 'Build the image again with this version of build-image.',
        });
    }
    return parsed.data;
}
/** Writes `image.json`. */
async function writeDescriptor(folder, descriptor) {
    const valid = imageDescriptor.parse(descriptor);
    await publishAtomically(path.join(folder, 'image.json'), (partial) => writeFile(partial, stableJson(valid)));
}
/** Writes `evidence/<name>.json`, replacing an older one. Returns its path. */
async function writeEvidence(folder, name, statement) {
    const file = path.join(folder, 'evidence', `${name}.json`);
    await mkdir(path.dirname(file), { recursive: true });
    await publishAtomically(file, (partial) => writeFile(partial, stableJson(statement)));
    return file;
}
/**
 * All statements of an image folder in the order of their names; none when there is no evidence folder.
 *
 * @throws UserError `invalid-evidence` for a file that is not an in-toto statement, or a folder that cannot be read
 */
async function readEvidence(folder) {
    const evidence = path.join(folder, 'evidence');
    const names = await readdir(evidence).catch((cause) => {
        if (cause.code === 'ENOENT') {
            return [];
        }
        throw new UserError(`${evidence} cannot be read: ${cause.message}`, {
            code: 'invalid-evidence',
            fix: 'Give this job the right to read the image folder.',
            cause,
        });
    });
    const files = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
    return Promise.all(files.map(async (name) => {
        const file = path.join(evidence, name);
        return { name: name.slice(0, -'.json'.length), file, statement: await readStatement(file) };
    }));
}
/**
 * Reads one in-toto statement.
 *
 * @throws UserError `invalid-evidence`
 */
async function readStatement(file) {
    try {
        return statementSchema.parse(JSON.parse(await readSmall(file)));
    }
    catch (cause) {
        throw new UserError(`${file} is not a readable in-toto statement`, {
            code: 'invalid-evidence',
            fix: 'Run the step that writes it again; do not edit evidence.',
            cause,
        });
    }
}
async function readSmall(file) {
    const { size } = await (0,promises_.stat)(file);
    if (size > MAX_JSON_BYTES) {
        throw new Error(`${file} has ${size} bytes, more than ${MAX_JSON_BYTES}`);
    }
    return (0,promises_.readFile)(file, 'utf8');
}

// EXTERNAL MODULE: ./node_modules/@sigstore/bundle/dist/index.js
var dist = __webpack_require__(1040);
;// CONCATENATED MODULE: ./build/packages/evidence/src/file-signature.js



/**
 * Checks a signature over a file, given the file's digest; `read` is used for Ed25519 only. The same as `openssl dgst -sha256 -verify` (Ed25519: `openssl pkeyutl -verify -rawin`) does.
 *
 * @throws UserError `signature-mismatch`
 */
async function file_signature_verifyFileSignature(signature, sha256, key, read, ports) {
    const valid = key.kind === 'ed25519'
        ? verify(null, await read(), key.key, signature)
        : await verifyDigestSignature(key, Buffer.from(sha256, 'hex'), signature, ports);
    if (!valid) {
        throw signatureMismatch(key);
    }
}
function signatureMismatch(key) {
    return new errors/* UserError */.yo(`The signature is not by the key sha256:${key.fingerprint}`, {
        code: 'signature-mismatch',
        fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
    });
}
/** SHA-256 of data in memory, hex. */
function sha256Of(data) {
    return createHash('sha256').update(data).digest('hex');
}

// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(4187);
// EXTERNAL MODULE: ./build/packages/evidence/src/keys.js
var keys = __webpack_require__(8301);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/verify.js



/** Whether a key or a certificate verifies the bundle. */
function signedWith(bundle) {
    return bundle.verificationMaterial.content.$case === 'publicKey' ? 'key' : 'certificate';
}
/**
 * Checks everything of a bundle but the signature over the content: that the certificate, the log entry and the
 * timestamps are vouched for by a trusted root, belong to this signature and content, and name the identity. Offline.
 *
 * @throws UserError `untrusted-signer`, `key-missing`
 */
function verify_verifyBundleSigner(bundle, trust) {
    const entity = parseEntity(bundle);
    return signedWith(bundle) === 'key' ? byKey(entity, trust) : byIdentity(entity, trust);
}
function byKey(entity, { publicKey, trustedRoots }) {
    if (!publicKey) {
        throw missingTrust('a public key');
    }
    const signer = { key: publicKey, by: `sha256:${publicKey.fingerprint}` };
    if (!trustedRoots || entity.timestamps.length + entity.tlogEntries.length === 0) {
        return signer;
    }
    const thresholds = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
    const { root } = firstThatHolds(trustedRoots, (candidate) => {
        const material = (0,verify_dist/* toTrustMaterial */.jO)(candidate, () => ({ publicKey: publicKey.key, validFor: () => true }));
        return new verify_dist/* Verifier */.BL(material, thresholds).verify(entity);
    });
    return { ...signer, root, ...provenTime(entity) };
}
function byIdentity(entity, { identity }) {
    if (!identity) {
        throw missingTrust('an identity');
    }
    const { key, identity: found, root, } = firstThatHolds(identity.roots, (root) => new verify_dist/* Verifier */.BL((0,verify_dist/* toTrustMaterial */.jO)(root), {
        // What an instance does not have cannot be asked for: GitHub's has no logs, only timestamps.
        tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
        ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
        timestampThreshold: 1,
    }).verify(entity));
    const subject = found?.subjectAlternativeName ?? '';
    const issuer = found?.extensions?.issuer;
    if (!identity.matches(subject)) {
        throw untrusted(`it is signed by ${subject || 'nobody by name'}, not by ${identity.subject}`);
    }
    if (issuer !== identity.issuer) {
        throw untrusted(`the identity was issued by ${issuer ?? 'nobody by name'}, not by ${identity.issuer}`);
    }
    return { key: (0,keys/* describePublicKey */.a)(key), by: subject, issuer, root, ...provenTime(entity) };
}
function parseEntity(bundle) {
    try {
        const entity = (0,verify_dist/* toSignedEntity */.DC)(bundle);
        const { signature } = entity;
        return {
            ...entity,
            signature: {
                signature: signature.signature,
                compareSignature: (other) => signature.compareSignature(other),
                compareDigest: (digest) => signature.compareDigest(digest),
                compareSignedDigest: (digest) => signature.compareSignedDigest(digest),
                // Checked by the caller from the digest: the library would need the whole file in memory.
                verifySignature: () => true,
            },
        };
    }
    catch (cause) {
        throw untrusted('its certificate or timestamp cannot be read', cause);
    }
}
/** The signer according to the first root with which everything holds; each root is asked on its own terms. */
function firstThatHolds(roots, verify) {
    const reasons = new Set();
    for (const root of roots) {
        try {
            return { ...verify(root), root };
        }
        catch (error) {
            reasons.add(error instanceof Error ? error.message : String(error));
        }
    }
    throw untrusted(reasons.size > 0 ? [...reasons].join('; ') : 'there is no trusted root');
}
function provenTime({ timestamps }) {
    const times = timestamps.flatMap((entry) => {
        if (entry.$case === 'timestamp-authority') {
            return [entry.timestamp.signingTime.getTime()];
        }
        // The time in a log entry is signed only together with a promise of inclusion.
        return entry.tlogEntry.inclusionPromise ? [Number(entry.tlogEntry.integratedTime) * 1000] : [];
    });
    return times.length > 0 ? { at: new Date(Math.min(...times)) } : {};
}
function missingTrust(what) {
    return new errors/* UserError */.yo(`No ${what.replace(/^an? /, '')} was given to check it with`, {
        code: 'key-missing',
        fix: `Pass ${what} of the image maintainers.`,
    });
}
function untrusted(reason, cause) {
    return new errors/* UserError */.yo(`The bundle is not signed by whom you trust: ${reason}`, {
        code: 'untrusted-signer',
        fix: 'Compare identity, issuer and trusted-root with what the image maintainers publish; if they are right, do not use the image.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/bundle.js





/** Media type of in-toto statements in a DSSE envelope. */
const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';
/** A sigstore bundle v0.3 over a file, from its SHA-256 digest (hex). */
async function signDigestBundle(signer, sha256) {
    const digest = Buffer.from(sha256, 'hex');
    if (!signer.signDigest) {
        throw new UserError('Ed25519 keys sign data, not digests: no bundle over the file can be made', {
            code: 'unsupported-key',
            fix: 'Use an EC or RSA key for the disk.',
        });
    }
    return messageBundle(signer, digest, await signer.signDigest(digest));
}
/** A sigstore bundle v0.3 over data in memory; any key type. */
async function signDataBundle(signer, data, sha256) {
    return messageBundle(signer, Buffer.from(sha256, 'hex'), await signer.sign(data));
}
/** A sigstore bundle v0.3 with a DSSE envelope around an in-toto statement. */
async function signStatementBundle(signer, statement) {
    const signature = await signer.sign(preAuthEncoding(INTOTO_PAYLOAD, statement));
    const certificate = signer.certificate?.der;
    // The hint goes into the verification material only: cosign 2.5 refuses a DSSE signature whose keyid it cannot
    // match, and compares it with a hint of its own making.
    const bundle = toDSSEBundle({
        artifact: Buffer.from(statement),
        artifactType: INTOTO_PAYLOAD,
        signature,
        ...(certificate ? { certificate } : {}),
    });
    const material = bundle.verificationMaterial.content;
    if (material.$case === 'publicKey') {
        material.publicKey.hint = signer.publicKey.hint;
    }
    return witnessed(signer, bundle);
}
async function messageBundle(signer, digest, signature) {
    const certificate = signer.certificate?.der;
    const by = certificate ? { certificate } : { keyHint: signer.publicKey.hint };
    return witnessed(signer, toMessageSignatureBundle({ digest, signature, ...by }));
}
/** Has every witness of the signer testify; returns the text of the bundle. */
async function witnessed(signer, bundle) {
    const { verificationMaterial: material } = bundle;
    const verifier = signer.certificate?.pem ?? signer.publicKey.pem;
    for (const witness of signer.witnesses ?? []) {
        const { tlogEntries = [], rfc3161Timestamps = [] } = await witness.testify(bundle.content, verifier);
        material.tlogEntries.push(...tlogEntries);
        material.timestampVerificationData ??= { rfc3161Timestamps: [] };
        material.timestampVerificationData.rfc3161Timestamps.push(...rfc3161Timestamps);
    }
    return `${JSON.stringify(bundleToJSON(bundle))}\n`;
}
/**
 * Checks a bundle over a file whose SHA-256 digest is known.
 *
 * @param read the file's bytes, for Ed25519 only
 * @throws UserError `invalid-bundle`, `digest-mismatch`, `signature-mismatch`, `untrusted-signer`
 */
async function verifyDigestBundle(text, sha256, trust, read, ports) {
    const bundle = parseBundle(text);
    if (bundle.content.$case !== 'messageSignature') {
        throw invalidBundle('it does not hold a signature over a file');
    }
    const { signature, messageDigest } = bundle.content.messageSignature;
    if (messageDigest.digest.toString('hex') !== sha256) {
        throw new UserError(`The bundle is about sha256:${messageDigest.digest.toString('hex')}, the file is sha256:${sha256}`, {
            code: 'digest-mismatch',
            fix: 'The file or its bundle was changed: get both again from their source.',
        });
    }
    const signer = verifyBundleSigner(bundle, trust);
    await verifyFileSignature(signature, sha256, signer.key, read, ports);
    return signer;
}
/**
 * Checks a DSSE bundle and returns the statement's bytes, which nobody may use before.
 *
 * @throws UserError `invalid-bundle`, `signature-mismatch`, `untrusted-signer`
 */
function verifyStatementBundle(text, trust) {
    const bundle = parseBundle(text);
    if (bundle.content.$case !== 'dsseEnvelope') {
        throw invalidBundle('it does not hold a DSSE envelope');
    }
    const { payload, payloadType, signatures } = bundle.content.dsseEnvelope;
    if (payloadType !== INTOTO_PAYLOAD) {
        throw invalidBundle(`its payload is not of type ${INTOTO_PAYLOAD}`);
    }
    const [signature] = signatures;
    if (!signature || signatures.length !== 1) {
        throw invalidBundle('it does not hold exactly one signature');
    }
    const signer = verify_verifyBundleSigner(bundle, trust);
    const algorithm = signer.key.kind === 'ed25519' ? null : 'sha256';
    const encoded = preAuthEncoding(payloadType, payload);
    if (!(0,external_node_crypto_.verify)(algorithm, encoded, signer.key.key, signature.sig)) {
        throw signatureMismatch(signer.key);
    }
    return { ...signer, payload };
}
/** DSSE v1 pre-authentication encoding: `DSSEv1 <length> <type> <length> <payload>`. */
function preAuthEncoding(type, payload) {
    return Buffer.concat([
        Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
        Buffer.from(payload),
    ]);
}
/**
 * Reads a bundle of any version.
 *
 * @throws UserError `invalid-bundle`
 */
function parseBundle(text) {
    try {
        return (0,dist/* bundleFromJSON */.vw)(JSON.parse(text));
    }
    catch (cause) {
        throw invalidBundle('it is not a sigstore bundle', cause);
    }
}
function invalidBundle(reason, cause) {
    return new errors/* UserError */.yo(`The bundle cannot be used: ${reason}`, {
        code: 'invalid-bundle',
        fix: 'Get the bundle again from its source, or sign the image again.',
        ...(cause === undefined ? {} : { cause }),
    });
}

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var src_statement = __webpack_require__(1684);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/packages/policy/src/release/vsa.js



/** Who verifies: this project's gate. */
const VERIFIER = 'https://github.com/golden-image-actions/gate-approval';
/**
 * SLSA verification summary v1 of an approved release. Source: slsa.dev/spec/v1.0/verification_summary.
 * The level is what signed provenance alone proves; a hosted, isolated builder is not claimed.
 */
function verificationSummary(request) {
    return createStatement({
        subject: { name: request.disk.name, digest: { sha256: request.disk.sha256 } },
        predicateType: predicateTypes.verificationSummary,
        predicate: {
            verifier: { id: VERIFIER },
            timeVerified: request.timeVerified,
            resourceUri: request.resourceUri,
            policy: { uri: request.policy.uri, digest: { sha256: request.policy.sha256 } },
            inputAttestations: request.inputs.map(({ uri, sha256 }) => ({ uri, digest: { sha256 } })),
            verificationResult: 'PASSED',
            verifiedLevels: [request.hasProvenance ? 'SLSA_BUILD_LEVEL_1' : 'SLSA_BUILD_LEVEL_0'],
            slsaVersion: '1.0',
        },
    });
}
const summarySchema = schemas/* looseObject */._H3({
    verifier: schemas/* looseObject */._H3({ id: schemas/* string */.YjP() }),
    timeVerified: iso/* datetime */.w$(),
    resourceUri: schemas/* string */.YjP(),
    policy: schemas/* looseObject */._H3({ uri: schemas/* string */.YjP(), digest: schemas/* looseObject */._H3({ sha256: schemas/* string */.YjP() }) }),
    inputAttestations: schemas/* array */.YOg(schemas/* looseObject */._H3({ uri: schemas/* string */.YjP(), digest: schemas/* looseObject */._H3({ sha256: schemas/* string */.YjP() }) }))
        .default([]),
    verificationResult: schemas/* enum */.k5n(['PASSED', 'FAILED']),
    verifiedLevels: schemas/* array */.YOg(schemas/* string */.YjP()),
});
/**
 * Reads a signed verification summary: believes nothing before the signature holds, and takes it only for a disk with
 * this digest, by this gate, with the result PASSED.
 *
 * @param bundle text of `vsa.intoto.sigstore.json`
 * @param sha256 of the disk, in hex
 * @throws UserError `invalid-bundle`, `signature-mismatch`, `invalid-summary` (another type, verifier, result),
 *   `digest-mismatch` (of another disk)
 */
function readVerificationSummary(bundle, key, sha256) {
    return parseVerificationSummary(verifyStatementBundle(bundle, { publicKey: key }).payload, sha256);
}
/**
 * The same for the payload of an envelope whose signature was checked elsewhere (keyless).
 *
 * @throws UserError `invalid-summary`, `digest-mismatch`
 */
function parseVerificationSummary(payload, sha256) {
    const statement = parse(src_statement/* statementSchema */.t, Buffer.from(payload).toString('utf8'));
    if (statement.predicateType !== src_statement/* predicateTypes */.ZR.verificationSummary) {
        throw invalid(`it is of the type ${statement.predicateType}`);
    }
    const summary = parse(summarySchema, JSON.stringify(statement.predicate));
    if (summary.verifier.id !== VERIFIER) {
        throw invalid(`it is by the verifier ${summary.verifier.id}`);
    }
    if (summary.verificationResult !== 'PASSED') {
        throw invalid(`its result is ${summary.verificationResult}`);
    }
    const subjects = statement.subject.map(({ digest }) => digest.sha256);
    if (!subjects.includes(sha256)) {
        throw new errors/* UserError */.yo(`The verification summary is about sha256:${subjects.join(', sha256:')}, not sha256:${sha256}`, {
            code: 'digest-mismatch',
            fix: 'Run gate-approval in release mode on this very disk, and pass its summary.',
        });
    }
    return { ...summary, subjects };
}
function parse(schema, text) {
    try {
        return schema.parse(JSON.parse(text));
    }
    catch (cause) {
        throw invalid('its content is not that of a verification summary', cause);
    }
}
function invalid(why, cause) {
    return new errors/* UserError */.yo(`The verification summary is not accepted: ${why}`, {
        code: 'invalid-summary',
        fix: 'Pass the vsa.intoto.sigstore.json that gate-approval wrote after an approval, with signing set.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/approval.js



/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;
/**
 * Checks that an image was approved: the gate's signed verification summary, passed, about exactly this disk, image and
 * version.
 *
 * @throws UserError `not-approved` with what does not fit
 */
function checkApproval(request) {
    const refuse = (why, cause) => new errors/* UserError */.yo(`${request.image} ${request.version} is not approved: ${why}`, {
        code: 'not-approved',
        fix: 'Pass the signed verification summary that gate-approval wrote for this image (output vsa, with the input signing), and the public key of the gate.',
        ...(cause === undefined ? {} : { cause }),
    });
    const { subjects, timeVerified, resourceUri, policy, inputAttestations } = readSummary(request, refuse);
    if (subjects.length !== 1) {
        throw refuse(`the summary is about ${subjects.length} disks, not about this one alone`);
    }
    const expected = `pkg:generic/${encodeURIComponent(request.image)}@${encodeURIComponent(request.version)}`;
    if (resourceUri !== expected) {
        throw refuse(`the summary is about ${resourceUri}, not ${expected}`);
    }
    if (Date.parse(timeVerified) > request.now.getTime() + CLOCK_TOLERANCE) {
        throw refuse(`the summary is of ${timeVerified}, which is in the future: compare the clocks of the machines`);
    }
    const digests = [policy, ...inputAttestations].map(({ digest }) => digest.sha256);
    if (digests.some((digest) => !/^[0-9a-f]{64}$/.test(digest))) {
        throw refuse('the summary names a policy or evidence without a SHA-256 digest');
    }
    const [policyDigest = '', ...evidence] = digests;
    return {
        policyDigest,
        evidence: [(0,external_node_crypto_.createHash)('sha256').update(request.bundle).digest('hex'), ...evidence],
        timeVerified,
    };
}
/** The summary, by whichever of the keys signed it. */
function readSummary({ bundle, keys, disk }, refuse) {
    const failures = [];
    for (const key of keys) {
        try {
            return readVerificationSummary(bundle, key, disk.sha256);
        }
        catch (error) {
            failures.push(error);
        }
    }
    // What is wrong with a summary that one key has signed says more than that another key has not.
    const told = failures.find((error) => error instanceof errors/* UserError */.yo && error.code !== 'signature-mismatch') ??
        failures[0];
    throw refuse(told === undefined ? 'there is no public key to check its summary with' : (0,errors/* describeError */.Uc)(told).message, told);
}

// EXTERNAL MODULE: ./build/packages/catalog/src/streams/streams.js
var streams = __webpack_require__(5366);
;// CONCATENATED MODULE: ./build/packages/evidence/src/statement-facts.js

/** Reads the facts of any statement; predicates of other kinds have but a type and subjects. */
function statementFacts(statement) {
    const { predicate, predicateType } = statement;
    const isTest = predicateType === src_statement/* predicateTypes */.ZR.testResult;
    return {
        predicateType,
        subjects: statement.subject.map(({ digest }) => digest.sha256),
        suite: statement_facts_text(predicate.suite),
        result: statement_facts_text(predicate.result),
        score: typeof predicate.score === 'number' && Number.isFinite(predicate.score) ? predicate.score : undefined,
        finishedOn: finishedOn(predicate),
        cases: isTest
            ? {
                passed: count(predicate.passedTests) ?? 0,
                warned: count(predicate.warnedTests) ?? 0,
                failed: count(predicate.failedTests) ?? 0,
                skipped: count(predicate.skipped),
                notRun: count(predicate.notRun),
            }
            : undefined,
    };
}
/** Test results and media carry `finishedOn` or `verifiedOn`, SLSA provenance its metadata, a VSA `timeVerified`. */
function finishedOn(predicate) {
    const details = predicate.runDetails;
    const candidates = [
        predicate.finishedOn,
        details?.metadata?.finishedOn,
        predicate.verifiedOn,
        predicate.timeVerified,
    ];
    const found = candidates.map(statement_facts_text).find((value) => value !== undefined && !Number.isNaN(Date.parse(value)));
    return found === undefined ? undefined : new Date(found).toISOString();
}
function statement_facts_text(value) {
    return typeof value === 'string' ? value : undefined;
}
/** A list of names, names with reasons, or a number. */
function count(value) {
    if (typeof value === 'object' && value !== null) {
        return Object.keys(value).length;
    }
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/publish/image-files.js





/** Larger files beside a disk are not ours: SBOMs have a few megabytes. */
const MAX_ATTACHMENT_BYTES = 64 * 1024 * 1024;
/** The SBOMs, the signatures and the statements of an image folder, and its verification summary. */
async function imageFiles(folder, summary) {
    const names = [
        ...(await filesOf(folder, '')).filter((name) => /^(sbom\.(spdx|cdx)\.json|VERIFY\.md)$/.test(name)),
        ...(await filesOf(folder, 'signatures')),
        ...(await filesOf(folder, 'signatures/keys')),
    ];
    const files = await Promise.all(names.map(async (name) => describe(name, await (0,promises_.readFile)(external_node_path_.join(folder, name)))));
    return [...files, describe('vsa.intoto.sigstore.json', Buffer.from(summary))].sort((a, b) => a.name < b.name ? -1 : 1);
}
function describe(name, data) {
    return { name, size: data.length, sha256: (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex'), data };
}
async function filesOf(folder, below) {
    const names = await (0,promises_.readdir)(external_node_path_.join(folder, below)).catch(() => []);
    const found = [];
    for (const name of names.filter((entry) => !entry.startsWith('.')).sort()) {
        const relative = below === '' ? name : `${below}/${name}`;
        const status = await (0,promises_.lstat)(external_node_path_.join(folder, relative));
        if (status.isFile() && status.size > MAX_ATTACHMENT_BYTES && below !== '') {
            throw new errors/* UserError */.yo(`${relative} has ${status.size} bytes, which is more than a signature can have`, {
                code: 'file-too-large',
                fix: 'Remove what does not belong into the folder signatures of the image.',
            });
        }
        if (status.isFile()) {
            found.push(relative);
        }
    }
    return found;
}
/** Reads score and cases from the signed statements that the approval rests on; others are not believed. */
function signedResults(files, keys, approvedEvidence, disk) {
    const statements = files
        .filter(({ name, sha256 }) => name.endsWith('.intoto.sigstore.json') && approvedEvidence.includes(sha256))
        .flatMap(({ data }) => verified(data.toString('utf8'), keys))
        .map(statementFacts)
        .filter(({ subjects }) => subjects.length === 1 && subjects[0] === disk);
    const harden = statements.find(({ suite }) => suite === 'harden');
    const fvt = statements.find(({ suite }) => suite === 'run-fvt');
    const { cases } = fvt ?? {};
    return {
        score: harden?.score,
        cases: cases && { ...cases, skipped: cases.skipped ?? 0, notRun: cases.notRun ?? 0 },
        suites: statements.flatMap(({ suite, result }) => suite && (result === 'PASSED' || result === 'WARNED') ? [suite] : []),
    };
}
function verified(bundle, keys) {
    for (const key of keys) {
        try {
            const { payload } = verifyStatementBundle(bundle, { publicKey: key });
            return [src_statement/* statementSchema */.t.parse(JSON.parse(payload.toString('utf8')))];
        }
        catch {
            // Another key may fit.
        }
    }
    return [];
}
/** What the platform's audit of a third party's image must have left: signed results of both suites. */
function missingAudit(image, suites) {
    return image.class === 'catalog'
        ? ['harden', 'run-fvt']
            .filter((suite) => !suites.includes(suite))
            .map((suite) => `a signed, passed ${suite} result about exactly this disk is missing among what was approved`)
        : [];
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/publish/publish-image.js












/**
 * Publishes an image folder: reads the disk once, requires the gate's approval of exactly this disk, and brings the
 * image, its evidence and the new entries of the log into the catalog at once.
 *
 * @throws UserError `disk-changed`, `class-mismatch`, and those of `checkApproval`, `planPublish` and `updateCatalog`
 */
async function publishImage(request, ports) {
    const { folder, descriptor, disk } = await readImageFolder(request.folder);
    if (request.class && request.class !== descriptor.class) {
        throw new errors/* UserError */.yo(`The image is of the class ${descriptor.class}, and the input class says ${request.class}`, {
            code: 'class-mismatch',
            fix: 'The class stands in the definition of the image, and its evidence was judged by it: leave the input out.',
        });
    }
    const approval = checkApproval({
        bundle: request.summary,
        keys: request.keys,
        disk: descriptor.disk,
        image: descriptor.name,
        version: descriptor.version,
        now: ports.clock.now(),
    });
    const staged = request.dryRun ? undefined : await request.store.stage?.(descriptor.disk.file);
    try {
        await readDisk(disk, staged, descriptor.disk.sha256, ports);
        const files = await imageFiles(folder, request.summary);
        const results = signedResults(files, request.keys, approval.evidence, descriptor.disk.sha256);
        const publication = {
            image: descriptor.name,
            version: descriptor.version,
            class: descriptor.class,
            family: request.family ?? descriptor.name,
            distribution: descriptor.distribution,
            release: descriptor.release,
            architecture: descriptor.architecture,
            firmware: descriptor.firmware,
            disk: descriptor.disk,
            owner: request.actor,
            ...(results.score === undefined ? {} : { score: results.score }),
            ...(results.cases === undefined ? {} : { cases: results.cases }),
            attachments: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
        };
        const place = (0,streams/* imageFolder */.IE)(publication);
        const outcome = await (0,update/* updateCatalog */.J)({
            ...request,
            plan: (catalog) => (0,plan/* planPublish */.N_)(catalog, {
                publication: {
                    ...publication,
                    ...keptOf(catalog.versions.get(`${publication.image}/${publication.version}`)),
                },
                approval: { ...approval, timeVerified: (0,plan/* wholeSeconds */.$P)(new Date(approval.timeVerified)) },
                missingAudit: missingAudit(descriptor, results.suites),
                schedule: request.schedule,
                reason: request.reason,
            }, { actor: request.actor, run: request.run, now: ports.clock.now() }),
            files: async (plan) => plan.entries.some((entry) => entry.publication)
                ? new Map([
                    ...files.map(({ name, data }) => [`${place}/${name}`, data]),
                    ...(staged ? [[`${place}/${descriptor.disk.file}`, { file: staged }]] : []),
                ])
                : new Map(),
        }, ports);
        return { ...outcome, of: { image: publication.image, version: publication.version } };
    }
    finally {
        if (staged) {
            await (0,promises_.rm)(staged, { force: true });
        }
    }
}
/** A draft keeps its owner. */
function keptOf(known) {
    return known ? { owner: known.owner } : {};
}
/** Copies the disk to where it is moved from, or only reads it; either way its digest must be the one that was approved. */
async function readDisk(disk, target, expected, ports) {
    let found;
    if (target) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const source = (0,external_node_fs_.createReadStream)(disk, { highWaterMark: 1024 * 1024 });
        source.on('data', (chunk) => hash.update(chunk));
        await (0,external_node_stream_promises_.pipeline)(source, (0,external_node_fs_.createWriteStream)(target, { mode: 0o644 }), { signal: ports.signal });
        found = hash.digest('hex');
    }
    else {
        found = (await (0,digests/* digestFile */.T)(disk, ['sha256'], { signal: ports.signal })).hex.sha256;
    }
    if (found !== expected) {
        throw new errors/* UserError */.yo(`The disk is sha256:${found}, image.json says sha256:${expected}`, {
            code: 'disk-changed',
            fix: 'The folder was changed after its evidence was made: get the image again.',
        });
    }
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/publish/restore-approval.js

/** The approval of a version that is in the catalog. @throws UserError `not-approved` */
function restoreApproval(record, bundle, keys, now) {
    return checkApproval({
        bundle,
        keys,
        disk: record.disk,
        image: record.image,
        version: record.version,
        now,
    });
}

// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/command.js
var src_command = __webpack_require__(9515);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/context.js + 6 modules
var context = __webpack_require__(1773);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/keys.js + 1 modules
var src_keys = __webpack_require__(3572);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/catalog.js
var state_catalog = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/effective.js
var effective = __webpack_require__(8742);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/guards.js
var guards = __webpack_require__(6757);
// EXTERNAL MODULE: ./build/packages/catalog/src/notify/describe.js
var notify_describe = __webpack_require__(5674);
;// CONCATENATED MODULE: ./build/packages/catalog/src/notify/issue.js




/** The text about a version after an entry of the log; outside text in it is escaped. */
function issueText(catalog, entry, url) {
    const record = catalog.versions.get((0,state_catalog/* versionKey */._5)(entry));
    const state = record?.state ?? entry.to;
    const { states } = (0,effective/* effectiveStates */.s)(catalog, new Date(entry.time));
    const successor = record && (0,guards/* usableSuccessor */.NA)(catalog, states, record);
    const name = `${entry.image} ${entry.version}`;
    const action = {
        draft: 'It is a draft and not available yet.',
        available: 'It can be used.',
        deprecated: 'It still works: plan to move to its successor.',
        obsolete: 'Start no new machines from it.',
        revoked: '**Replace machines that run it now.**',
        deleted: 'Its files are deleted.',
    }[state];
    const history = catalog.entries
        .filter((other) => (0,state_catalog/* versionKey */._5)(other) === (0,state_catalog/* versionKey */._5)(entry) && other.type !== 'check')
        .map((other) => `- ${other.time}: ${other.type} — ${plain((0,notify_describe/* entrySentences */.d)(other).join(' ') || other.to)}`);
    return {
        title: `Image ${name}: ${state}`,
        body: [
            `The image **${plain(name)}** is **${state}** since ${record?.stateSince ?? entry.time}. ${action}`,
            '',
            `- disk: \`sha256:${entry.digest}\``,
            ...(record?.reason ? [`- reason: ${plain(record.reason)}`] : []),
            ...(successor ? [`- successor: **${plain(`${successor.image} ${successor.version}`)}**`] : []),
            ...(record?.schedule.deprecateAt ? [`- deprecated from ${record.schedule.deprecateAt}`] : []),
            ...(record?.schedule.obsoleteAt ? [`- obsolete from ${record.schedule.obsoleteAt}`] : []),
            ...(url ? [`- page: ${url.replace(/\/$/, '')}/site/images/${(0,state_catalog/* versionKey */._5)(entry)}/index.html`] : []),
            '',
            'What happened:',
            '',
            ...history.slice(-20),
        ].join('\n'),
        marker: `<!-- image-lifecycle: ${(0,state_catalog/* versionKey */._5)(entry)} -->`,
        issueState: state === 'deprecated' || state === 'obsolete' || state === 'revoked' ? 'open' : 'closed',
        tag: `${entry.image}-${entry.version}`,
    };
}
/** Outside text in GitHub's Markdown: no markup, mention or link of it survives. */
function plain(text) {
    return text
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
        .replace(/@/g, '@\u200b')
        .replace(/:\/\//g, ':\u200b//');
}

;// CONCATENATED MODULE: ./build/packages/github/src/lifecycle/issues.js
const MAX_PAGES = 10;
/** One issue a version, found again by a marker in its text: written anew, opened and closed as its state asks. */
async function upsertIssue(api, message) {
    const found = await findIssue(api, message.marker);
    const body = `${message.body}\n\n${message.marker}\n`;
    if (found && found.body?.replaceAll('\r\n', '\n') === body && found.state === message.issueState) {
        return `Issue #${found.number} says so already`;
    }
    if (found) {
        await api.request('PATCH', `/issues/${found.number}`, {
            title: message.title,
            body,
            state: message.issueState,
        });
        return `Issue #${found.number} updated: ${message.title}`;
    }
    const { data } = await api.request('POST', '/issues', {
        title: message.title,
        body,
        labels: ['image-lifecycle'],
    });
    const { number } = data;
    if (message.issueState === 'closed') {
        await api.request('PATCH', `/issues/${number}`, { state: 'closed' });
    }
    return `Issue #${number} opened: ${message.title}`;
}
async function findIssue(api, marker) {
    for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { data } = await api.request('GET', `/issues?state=all&labels=image-lifecycle&per_page=100&page=${page}`);
        const issues = Array.isArray(data) ? data : [];
        const found = issues.find((issue) => issue.pull_request === undefined && issue.body?.includes(marker));
        if (found || issues.length < 100) {
            return found;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/packages/github/src/lifecycle/release-notes.js
const BEGIN = '<!-- image-lifecycle -->';
const END = '<!-- /image-lifecycle -->';
/** Writes the state into the note of the release `<image>-<version>`; the rest of the note stays. */
async function noteRelease(api, message) {
    const { status, data } = await api.request('GET', `/releases/tags/${encodeURIComponent(message.tag)}`);
    if (status === 404) {
        return `There is no release ${message.tag}: no note was written`;
    }
    const release = data;
    const old = release.body ?? '';
    const block = `${BEGIN}\n${message.body}\n${END}`;
    const begin = old.indexOf(BEGIN);
    const end = old.indexOf(END);
    const body = begin >= 0 && end > begin
        ? `${old.slice(0, begin)}${block}${old.slice(end + END.length)}`
        : `${old.trimEnd()}\n\n${block}\n`.trimStart();
    if (body === old) {
        return `The release ${message.tag} says so already`;
    }
    await api.request('PATCH', `/releases/${release.id}`, { body });
    return `Note of the release ${message.tag} updated`;
}

;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/notify.js




/** Tells users of what happened, where the input notify asks for more than the feeds. */
async function tellUsers({ inputs, ports, env }, outcome) {
    const wants = (what) => inputs.notify.includes(what);
    if (outcome.entries.length === 0 || !(wants('issue') || wants('release'))) {
        return;
    }
    const api = (0,context/* apiOf */.ir)(inputs, env, ports);
    if (!api) {
        throw new errors/* UserError */.yo('The catalog was changed, and nobody was told: notify needs token, and a repository on GitHub', {
            code: 'token-missing',
            fix: 'Pass the token of the job (github.token) with issues: write and contents: write, or notify: feed.',
        });
    }
    const versions = new Map(outcome.entries.map((entry) => [`${entry.image}/${entry.version}`, entry]));
    for (const entry of versions.values()) {
        const text = issueText(outcome.catalog, entry, inputs.url);
        if (wants('issue')) {
            ports.log.info(await upsertIssue(api, text));
        }
        if (wants('release')) {
            ports.log.info(await noteRelease(api, text));
        }
    }
}

// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/summary.js + 1 modules
var summary = __webpack_require__(5060);
;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/change-command.js









/** `publish`, `deprecate`, `obsolete`, `revoke`, `restore` and `tick`: what changes the catalog. */
async function changeCommand(command) {
    const { inputs, ports, store, env } = command;
    const signer = await (0,src_keys/* catalogSigner */.oC)(inputs, await (0,context/* logName */.Is)(inputs, store, env), ports.log);
    const origin = { actor: await (0,src_command/* actorOf */.d)(command), run: command.run };
    const base = { store, signer, dryRun: inputs['dry-run'] };
    const outcome = await (async () => {
        switch (inputs.command) {
            case 'publish':
                return publish(command, { ...base, ...origin });
            case 'tick':
                return (0,update/* updateCatalog */.J)({ ...base, plan: (catalog) => (0,plan/* planTick */.jQ)(catalog, { ...origin, now: ports.clock.now() }) }, ports);
            case 'restore':
                return restore(command, base, origin);
            default:
                return retire(command, base, origin);
        }
    })();
    for (const note of outcome.notes) {
        ports.log.notice(note);
    }
    if (!inputs['dry-run']) {
        await tellUsers(command, outcome);
    }
    const state = stateAfter(outcome, outcome.of ?? given(inputs.image, inputs.version));
    const draft = inputs.command === 'publish' && state === 'draft';
    return {
        outputs: {
            ...src_command/* NO_OUTPUTS */.v,
            state,
            changed: outcome.entries.length > 0,
            reasons: JSON.stringify(outcome.notes),
            'log-index': outcome.entries.at(-1)?.seq,
            checkpoint: outcome.checkpoint,
        },
        summary: (0,summary/* changeSummary */.lb)(inputs.command, outcome, inputs['dry-run']),
        ...(draft
            ? {
                failure: `The image is a draft and not available yet: ${outcome.notes.join('; ')}. Audit it (harden, run-fvt, sign-image, gate-approval), then publish again.`,
            }
            : {}),
    };
}
async function publish(command, base) {
    const { inputs, ports } = command;
    const folder = required(inputs.image, 'image', 'Pass the signed and approved image folder.');
    const { evidence } = await (0,src_keys/* publicKeys */.Sy)(inputs);
    return publishImage({
        ...base,
        folder,
        summary: await summaryText(inputs.vsa ?? external_node_path_.join(folder, 'release/vsa.intoto.sigstore.json')),
        keys: evidence,
        class: inputs.class,
        family: inputs.family,
        schedule: dates(command),
        reason: inputs.reason,
    }, ports);
}
async function restore(command, base, origin) {
    const { inputs, ports } = command;
    const of = reference(command);
    const summary = await summaryText(required(inputs.vsa, 'vsa', 'A restoration needs an approval: pass the verification summary of gate-approval.'));
    const { evidence } = await (0,src_keys/* publicKeys */.Sy)(inputs);
    return (0,update/* updateCatalog */.J)({
        ...base,
        plan: (catalog) => {
            const now = ports.clock.now();
            const approval = restoreApproval((0,plan/* recordOf */.zv)(catalog, of), summary, evidence, now);
            return (0,plan/* planRestore */.q8)(catalog, of, approval, inputs.reason, { ...origin, now });
        },
    }, ports);
}
async function retire(command, base, origin) {
    const { inputs, ports } = command;
    const of = reference(command);
    const to = { deprecate: 'deprecated', obsolete: 'obsolete', revoke: 'revoked' }[inputs.command];
    if (to === 'revoked') {
        required(inputs.reason, 'reason', 'Users must be told why an image is revoked.');
    }
    const schedule = dates(command);
    const own = { deprecated: schedule.deprecateAt, obsolete: schedule.obsoleteAt, revoked: undefined }[to];
    return (0,update/* updateCatalog */.J)({
        ...base,
        plan: (catalog) => {
            const now = ports.clock.now();
            const later = own !== undefined && Date.parse(own) > now.getTime();
            return (0,plan/* planRetire */.NY)(catalog, {
                of,
                to,
                schedule: later ? schedule : withoutPast(schedule, to),
                immediately: !later,
                successor: successorOf(inputs.successor, of),
                reason: inputs.reason,
                retiresFamily: inputs['retire-family'],
            }, { ...origin, now });
        },
    }, ports);
}
/** A date that has come already is the same as now. */
function withoutPast(schedule, to) {
    const { deprecateAt, obsoleteAt, ...rest } = schedule;
    return { ...rest, ...(to === 'deprecated' && obsoleteAt ? { obsoleteAt } : {}) };
}
function dates({ inputs }) {
    const full = (value) => {
        const text = value && (value.length === 10 ? `${value}T00:00:00Z` : value.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z'));
        if (text && Number.isNaN(Date.parse(text))) {
            throw new errors/* UserError */.yo(`${value} is not a date`, {
                code: 'invalid-input',
                fix: 'Write 2026-12-01 or 2026-12-01T12:00:00Z.',
            });
        }
        return text;
    };
    const [deprecateAt, obsoleteAt, deleteAt] = [
        full(inputs['deprecate-at']),
        full(inputs['obsolete-at']),
        full(inputs['delete-at']),
    ];
    const any = deprecateAt ?? obsoleteAt ?? deleteAt;
    return {
        ...(deprecateAt ? { deprecateAt } : {}),
        ...(obsoleteAt ? { obsoleteAt } : {}),
        ...(deleteAt ? { deleteAt } : {}),
        ...(any && inputs['retire-family'] ? { retiresFamily: true } : {}),
    };
}
function reference({ inputs }) {
    const image = required(inputs.image, 'image', 'Name the image, as the catalog lists it.');
    const version = required(inputs.version, 'version', 'Name the version, as the catalog lists it.');
    return { image, version };
}
function given(image, version) {
    return image && version ? { image, version } : undefined;
}
function successorOf(value, of) {
    const [image, version] = value?.includes('/') ? value.split('/') : [of.image, value];
    return image && version ? { image, version } : undefined;
}
function stateAfter(outcome, of) {
    const entry = outcome.entries.at(-1);
    const key = of ?? entry;
    return (key && outcome.catalog.versions.get(`${key.image}/${key.version}`)?.state) ?? '';
}
function required(value, name, fix) {
    if (!value) {
        throw new errors/* UserError */.yo(`This command needs the input ${name}`, { code: 'invalid-input', fix });
    }
    return value;
}
async function summaryText(file) {
    return (0,promises_.readFile)(file, 'utf8').catch((cause) => {
        throw new errors/* UserError */.yo(`There is no signed verification summary at ${file}: the image is not approved`, {
            code: 'not-approved',
            fix: 'Run gate-approval with the input signing before, and pass its output vsa.',
            cause,
        });
    });
}


/***/ }),

/***/ 7624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ updateCatalog),
/* harmony export */   u: () => (/* binding */ readCatalog)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2151);
/* harmony import */ var _log_log_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3820);
/* harmony import */ var _log_tiles_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2505);
/* harmony import */ var _state_apply_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8371);
/* harmony import */ var _state_catalog_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1692);
/* harmony import */ var _streams_streams_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5366);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1171);
/* harmony import */ var _signed_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4563);








/** Attempts of one writer, each on top of what the others wrote; twenty writers at once need far fewer. */
const MAX_ATTEMPTS = 200;
/**
 * Changes a catalog: reads and verifies it, plans, and commits log and catalog together, on top of exactly the state
 * that was read; otherwise again, after a random pause.
 *
 * @throws UserError `log-changed` when the log is not what was signed, `catalog-busy`, and those of the plan
 */
async function updateCatalog(request, ports) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const done = await request.store.inTurn(() => attemptUpdate(request, ports));
        if (done) {
            return done;
        }
        const pause = Math.random() * Math.min(2_000, 40 * attempt);
        ports.log.debug(`${request.store.name} was changed by another run: trying again in ${Math.round(pause)} ms`);
        await ports.clock.sleep(pause, ports.signal);
    }
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${request.store.name} was changed by others ${MAX_ATTEMPTS} times in a row`, {
        code: 'catalog-busy',
        fix: 'Run this again when fewer runs change the catalog.',
    });
}
/** Undefined when somebody else was faster. */
async function attemptUpdate(request, ports) {
    const before = await request.store.snapshot();
    const { catalog, note } = await readCatalog(before, request.signer.log.verifier);
    const plan = await request.plan(catalog);
    const unchanged = {
        catalog,
        entries: plan.entries,
        notes: plan.notes,
        checkpoint: note ?? '',
        repaired: [],
    };
    if (plan.entries.length === 0) {
        return unchanged;
    }
    return request.dryRun
        ? { ...unchanged, catalog: plan.catalog }
        : attemptCommit(request, before, catalog, plan, ports);
}
async function attemptCommit(request, before, catalog, plan, ports) {
    const { signer, store } = request;
    const origin = signer.log.verifier.name;
    const rendered = (0,_render_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCatalog */ .e)(plan.catalog, origin);
    const now = ports.clock.now();
    const checkpoint = (0,_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .logCheckpoint */ .Tg)(plan.catalog.entries, signer.log);
    const files = new Map([
        ...rendered,
        ...(await (0,_signed_files_js__WEBPACK_IMPORTED_MODULE_3__/* .signedFiles */ .AH)(rendered, before, signer, now)),
        [`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/checkpoint`, Buffer.from(checkpoint)],
        ...((await request.files?.(plan)) ?? []),
    ]);
    const repaired = await foreignChanges(before, (0,_render_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCatalog */ .e)(catalog, origin));
    const write = new Map();
    for (const [path, content] of files) {
        if ('file' in content || !(await before.matches(path, content))) {
            write.set(path, content);
        }
    }
    const remove = await outdated(before, plan.catalog);
    const [first] = plan.entries;
    const more = plan.entries.length > 1 ? ` and ${plan.entries.length - 1} more` : '';
    const message = `${first?.type} ${first?.image} ${first?.version}${more}`;
    const done = await store.commit(before.revision, { write, remove, message });
    if (repaired.length > 0 && done) {
        ports.log.warning(`Written anew from the log, because they did not say what it says: ${repaired.join(', ')}`);
    }
    return done
        ? { catalog: plan.catalog, entries: plan.entries, notes: plan.notes, checkpoint, repaired }
        : undefined;
}
/** Generated files of the state before that somebody else changed or removed. */
async function foreignChanges(before, expected) {
    const found = [];
    for (const [path, data] of before.revision ? expected : []) {
        if (!(await before.matches(path, data))) {
            found.push(path);
        }
    }
    return found.sort();
}
/** Partial tiles whose full ones are there, and files of versions that these have no longer. */
async function outdated(before, catalog) {
    const size = catalog.entries.length;
    const folders = new Map([...catalog.versions.values()].map((record) => [(0,_streams_streams_js__WEBPACK_IMPORTED_MODULE_4__/* .imageFolder */ .IE)(record), record]));
    const isForeign = (path) => {
        const [, folder = '', name = ''] = /^(images\/[^/]+\/[^/]+)\/(.+)$/.exec(path) ?? [];
        const record = folders.get(folder);
        const own = record ? [record.disk.file, ...record.attachments.map((file) => file.name)] : [];
        return record !== undefined && (record.state === 'deleted' || !own.includes(name));
    };
    return (await before.list()).filter((path) => isForeign(path) ||
        (path.startsWith(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/`) && isReplaced(path.slice(_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ.length + 1), size)));
}
/** A partial tile may go when the full one is there: 256 hashes of its level. */
function isReplaced(path, size) {
    const full = path.replace(/\.p\/\d+$/, '.p/255');
    return full !== path && (0,_log_tiles_js__WEBPACK_IMPORTED_MODULE_5__/* .isEarlierPartial */ .aC)(full, size);
}
/** The catalog of a snapshot, from its log, verified with the key that signs it. */
async function readCatalog(snapshot, log) {
    if (snapshot.revision === undefined || !(await snapshot.read(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/checkpoint`))) {
        const found = await snapshot.list();
        if (found.some((path) => path.startsWith('versions/') || path.startsWith(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/`))) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The catalog has images and no checkpoint of its audit log', {
                code: 'log-changed',
                fix: 'Do not publish on top of it: bring back the last good state from a copy or the history of its branch.',
            });
        }
        return { catalog: _state_catalog_js__WEBPACK_IMPORTED_MODULE_6__/* .EMPTY_CATALOG */ .CD, note: undefined };
    }
    const { entries, note } = await (0,_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .readLog */ .x6)((path) => snapshot.read(path), log);
    return { catalog: (0,_state_apply_js__WEBPACK_IMPORTED_MODULE_7__/* .replay */ .e)(entries), note };
}


/***/ }),

/***/ 688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ wholeSeconds),
/* harmony export */   Iw: () => (/* binding */ planCheck),
/* harmony export */   NY: () => (/* binding */ planRetire),
/* harmony export */   N_: () => (/* binding */ planPublish),
/* harmony export */   jQ: () => (/* binding */ planTick),
/* harmony export */   q8: () => (/* binding */ planRestore),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* unused harmony exports entryTime, addEntry, emptyPlan */
/* harmony import */ var _apply_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8371);
/* harmony import */ var _catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var _effective_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8742);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6757);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2213);





/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;
/**
 * The time of new entries: whole seconds, never before the last entry. A clock that is a little behind takes the last
 * entry's time.
 *
 * @throws UserError `clock-behind` when the difference is more than clocks may differ
 */
function entryTime(catalog, now) {
    const last = catalog.entries.at(-1)?.time;
    if (last !== undefined && now.getTime() < Date.parse(last)) {
        if (Date.parse(last) - now.getTime() > CLOCK_TOLERANCE) {
            throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`The clock of this machine says ${wholeSeconds(now)}, and the catalog was changed at ${last}, which is later`, 'clock-behind', 'Set the clock of this machine. If the one that wrote the last entry was ahead, wait until that time.');
        }
        return last;
    }
    return wholeSeconds(now);
}
/** `2026-11-24T17:00:00Z`. */
function wholeSeconds(time) {
    return `${time.toISOString().slice(0, 19)}Z`;
}
/** Appends one entry to a plan. */
function addEntry(plan, type, of, origin, more = {}) {
    const from = plan.catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of))?.state ?? null;
    const { to } = _states_js__WEBPACK_IMPORTED_MODULE_2__/* .TRANSITIONS */ .Ds[type];
    const entry = {
        seq: plan.catalog.entries.length,
        time: entryTime(plan.catalog, origin.now),
        type,
        image: of.image,
        version: of.version,
        digest: of.digest,
        from,
        to: to === 'same' ? (from ?? 'draft') : to,
        actor: origin.actor,
        run: origin.run,
        evidence: [],
        ...more,
    };
    return {
        catalog: (0,_apply_js__WEBPACK_IMPORTED_MODULE_3__/* .applyEntry */ .f)(plan.catalog, entry),
        entries: [...plan.entries, entry],
        notes: plan.notes,
    };
}
function emptyPlan(catalog, notes = []) {
    return { catalog, entries: [], notes };
}
/** Brings a version into the catalog: as a draft, and on to available where nothing is missing. */
function planPublish(catalog, request, origin) {
    const { publication, approval } = request;
    const of = { ...publication, digest: publication.disk.sha256 };
    const known = catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    const more = {
        policyDigest: approval.policyDigest,
        evidence: [...approval.evidence],
        ...(request.reason ? { reason: request.reason } : {}),
    };
    if (known && known.disk.sha256 !== of.digest) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is in the catalog with another disk (sha256:${known.disk.sha256})`, 'already-there', 'Published versions never change: give the new image a new version.');
    }
    if (known && known.state !== 'draft') {
        if (known.state === 'available') {
            return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is available already`]);
        }
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is ${known.state} and cannot be published again`, 'transition-refused', known.state === 'deprecated' ? 'Use command: restore.' : 'Publish a new version.');
    }
    const draft = known
        ? emptyPlan(catalog)
        : addEntry(emptyPlan(catalog), 'register', of, origin, { ...more, publication });
    if (request.missingAudit.length > 0) {
        return { ...draft, notes: request.missingAudit };
    }
    const { schedule } = request;
    return addEntry(draft, 'publish', of, origin, {
        ...more,
        ...(known ? { publication } : {}),
        ...(Object.keys(schedule).length > 0 ? { schedule } : {}),
    });
}
const EVENT_OF = { deprecated: 'deprecate', obsolete: 'obsolete', revoked: 'revoke' };
/** Deprecates, obsoletes or revokes a version, now or by dates. Idempotent. */
function planRetire(catalog, request, origin) {
    const record = recordOf(catalog, request.of);
    const of = { ...request.of, digest: record.disk.sha256 };
    const schedule = { ...record.schedule, ...request.schedule };
    const more = {
        ...(request.reason ? { reason: request.reason } : {}),
        ...(request.successor ? { successor: request.successor } : {}),
        ...(Object.keys(request.schedule).length > 0 ? { schedule } : {}),
        ...(request.retiresFamily ? { retiresFamily: true } : {}),
    };
    if (request.immediately && record.state !== request.to) {
        return addEntry(emptyPlan(catalog), EVENT_OF[request.to], of, origin, more);
    }
    if (nothingNew(record, more)) {
        return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is ${record.state} as asked for already`]);
    }
    return addEntry(emptyPlan(catalog), 'schedule', of, origin, more);
}
function nothingNew(record, more) {
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    return ((more.reason === undefined || more.reason === record.reason) &&
        (more.successor === undefined || same(more.successor, record.successor)) &&
        (more.schedule === undefined || same(sorted(more.schedule), sorted(record.schedule))));
}
function sorted(dates) {
    return [dates.deprecateAt, dates.obsoleteAt, dates.deleteAt, dates.retiresFamily];
}
/** Makes a deprecated version available again, by an approval that is younger than its deprecation. */
function planRestore(catalog, of, approval, reason, origin) {
    const record = recordOf(catalog, of);
    if (record.state === 'available') {
        return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is available already`]);
    }
    if (Date.parse(approval.timeVerified) < Date.parse(record.stateSince)) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`The approval of ${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is of ${approval.timeVerified}, before it became ${record.state} (${record.stateSince})`, 'approval-too-old', 'Run gate-approval again: a restoration needs an approval that knows of the deprecation.');
    }
    return addEntry(emptyPlan(catalog), 'restore', { ...of, digest: record.disk.sha256 }, origin, {
        policyDigest: approval.policyDigest,
        evidence: [...approval.evidence],
        ...(reason ? { reason } : {}),
    });
}
const EVENT_TO = {
    deprecated: 'deprecate',
    obsolete: 'obsolete',
    deleted: 'delete',
};
/** Writes down the transitions whose dates have come. Idempotent: a second time there is nothing to do. */
function planTick(catalog, origin) {
    const now = new Date(entryTime(catalog, origin.now));
    const { states, held } = (0,_effective_js__WEBPACK_IMPORTED_MODULE_4__/* .effectiveStates */ .s)(catalog, now);
    const notes = held.map((key) => `${key} should be retired by its dates and stays available: it is the last available image of the family ${catalog.versions.get(key)?.family}`);
    const due = [...catalog.versions]
        .filter(([key, record]) => states.get(key) !== record.state)
        // By name: which version of a family stays is settled already.
        .sort(([a], [b]) => (a < b ? -1 : 1));
    let plan = emptyPlan(catalog, notes);
    for (const [key, record] of due) {
        for (const state of pathTo(record.state, states.get(key) ?? record.state)) {
            const type = EVENT_TO[state];
            if (type) {
                const of = { image: record.image, version: record.version, digest: record.disk.sha256 };
                plan = addEntry(plan, type, of, origin);
            }
        }
    }
    return plan;
}
/** Deletion comes only after obsolescence. */
function pathTo(from, to) {
    return to === 'deleted' && (from === 'available' || from === 'deprecated') ? ['obsolete', 'deleted'] : [to];
}
/** Notes what a check for updates found; nothing new is not noted again. */
function planCheck(catalog, results, origin) {
    let plan = emptyPlan(catalog);
    for (const { of, freshness } of results) {
        const record = recordOf(plan.catalog, of);
        if (differs(record.freshness, freshness) && _states_js__WEBPACK_IMPORTED_MODULE_2__/* .TRANSITIONS */ .Ds.check.from.includes(record.state)) {
            plan = addEntry(plan, 'check', { ...of, digest: record.disk.sha256 }, origin, { freshness });
        }
    }
    return plan;
}
function differs(a, b) {
    const content = (value) => JSON.stringify({ ...value, checkedAt: '' });
    return a === undefined || content(a) !== content(b);
}
/** @throws UserError `not-in-catalog` */
function recordOf(catalog, of) {
    const record = catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    if (!record) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .notThere */ ._)((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    }
    return record;
}


/***/ })

};
