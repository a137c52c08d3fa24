export const id = 895;
export const ids = [895];
export const modules = {

/***/ 2895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runRelease: () => (/* binding */ runRelease)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/packages/host/src/staging.js
var staging = __webpack_require__(2463);
;// CONCATENATED MODULE: ./build/packages/evidence/src/signer.js




/** Programs that signing from a digest and its verification need. */
const SIGNING_TOOLS = [{ command: 'openssl', package: 'openssl' }];
const paddingOptions = {
    pkcs1: [],
    pss: ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:max'],
};
/** A signer with a key in memory. */
function keySigner(key, ports) {
    const ed25519 = key.publicKey.kind === 'ed25519';
    return {
        publicKey: key.publicKey,
        sign: async (data) => (0,external_node_crypto_.sign)(ed25519 ? null : 'sha256', data, key.key),
        signDigest: ed25519
            ? undefined
            : (sha256, padding = 'pkcs1') => signDigestWithOpenssl(key, sha256, padding, ports),
    };
}
/**
 * A signer whose key stays elsewhere (HSM, cloud KMS): `command` gets the SHA-256 digest in hex as its last
 * argument and prints the signature in base64: DER for EC keys, PKCS #1 v1.5 for RSA.
 *
 * @throws UserError `unsupported-key` for Ed25519
 */
function commandSigner(command, publicKey, ports) {
    const [program, ...args] = command;
    if (!program || publicKey.kind === 'ed25519') {
        throw new UserError('A kms command needs a program and an EC or RSA public key', {
            code: 'unsupported-key',
            fix: 'Name the command, and pass its public key (EC P-256, P-384 or RSA): Ed25519 does not sign digests.',
        });
    }
    const signDigest = async (sha256, padding = 'pkcs1') => {
        if (padding === 'pss') {
            throw new UserError('A kms command signs with PKCS #1 v1.5, OpenStack wants RSA-PSS', {
                code: 'unsupported-key',
                fix: 'Use an EC P-384 key in the KMS for the method glance.',
            });
        }
        const hex = Buffer.from(sha256).toString('hex');
        const { stdout } = await ports.exec({ command: program, args: [...args, hex], timeoutMs: 120_000 });
        const text = stdout.replace(/\s+/g, '');
        if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) {
            throw new UserError(`${program} did not print a signature in base64`, {
                code: 'invalid-signature',
                fix: 'The kms command must print the base64 of the signature, and nothing else, to standard output.',
            });
        }
        return Buffer.from(text, 'base64');
    };
    return { publicKey, signDigest, sign: (data) => signDigest(createHash('sha256').update(data).digest()) };
}
/**
 * node:crypto signs data, not digests; `openssl pkeyutl` does. The key reaches it encrypted under a passphrase
 * made for this one call, which passes through standard input.
 */
function signDigestWithOpenssl(key, sha256, padding, ports) {
    return (0,staging/* withTemporaryFolder */.EX)('sign', async (folder) => {
        const passphrase = (0,external_node_crypto_.randomBytes)(32).toString('hex');
        const keyFile = external_node_path_.join(folder, 'key.pem');
        const digestFile = external_node_path_.join(folder, 'digest');
        const signatureFile = external_node_path_.join(folder, 'signature');
        const pem = key.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
        await (0,promises_.writeFile)(keyFile, pem, { mode: 0o600 });
        await (0,promises_.writeFile)(digestFile, sha256);
        await ports.exec({
            command: 'openssl',
            args: [
                ...['pkeyutl', '-sign', '-inkey', keyFile, '-passin', 'stdin', '-pkeyopt', 'digest:sha256'],
                ...paddingOptions[padding],
                ...['-in', digestFile, '-out', signatureFile],
            ],
            input: `${passphrase}\n`,
        });
        return (0,promises_.readFile)(signatureFile);
    });
}
/** Whether `signature` is the key's over data with this SHA-256 digest (EC and RSA keys). */
function verifyDigestSignature(key, sha256, signature, ports, padding = 'pkcs1') {
    if (key.kind === 'ed25519') {
        return Promise.resolve(false);
    }
    return (0,staging/* withTemporaryFolder */.EX)('verify', async (folder) => {
        const files = { key: 'key.pem', digest: 'digest', signature: 'signature' };
        const at = (name) => external_node_path_.join(folder, files[name]);
        await (0,promises_.writeFile)(at('key'), key.pem);
        await (0,promises_.writeFile)(at('digest'), sha256);
        await (0,promises_.writeFile)(at('signature'), signature);
        const { code } = await ports.exec({
            command: 'openssl',
            args: [
                ...['pkeyutl', '-verify', '-pubin', '-inkey', at('key'), '-pkeyopt', 'digest:sha256'],
                ...paddingOptions[padding],
                ...['-in', at('digest'), '-sigfile', at('signature')],
            ],
            okCodes: 'any',
        });
        return code === 0;
    });
}

// EXTERNAL MODULE: ./build/packages/github/src/environments.js
var environments = __webpack_require__(5);
// EXTERNAL MODULE: ./build/packages/github/src/api.js
var src_api = __webpack_require__(5987);
// EXTERNAL MODULE: ./build/packages/github/src/commits.js
var src_commits = __webpack_require__(7121);
// EXTERNAL MODULE: ./build/packages/github/src/pushers.js
var src_pushers = __webpack_require__(5059);
;// CONCATENATED MODULE: ./build/packages/github/src/history.js



/**
 * Everything that went into `to` since the last release: a release that `to` already has in it does not count, nor do
 * drafts and prereleases (a prerelease may never have been approved).
 *
 * @param branch the released branch, whose direct pushes count; undefined for a tag
 */
async function readHistory(api, name, to, branch) {
    const { since, compared } = await sinceLastRelease(api, name, to);
    const { commits, pulls } = await (0,src_commits/* describeCommits */.kI)(api, compared);
    const inside = new Set(commits.map((commit) => commit.sha));
    const pushers = [
        ...(branch === undefined ? [] : await directPushes(api, name, branch, since?.sha, inside)),
        ...(await pushersOfPulls(api, pulls)),
    ];
    return {
        ...(since ? { since } : {}),
        to,
        commits: [...commits],
        pulls: pulls.map(({ number, author }) => ({ number, author })),
        pushers,
    };
}
async function sinceLastRelease(api, name, to) {
    const route = 'GET /repos/{owner}/{repo}/releases';
    for await (const { data } of api.paginate.iterator(route, { ...name, per_page: src_api/* PAGE */.K })) {
        for (const { tag_name: tag, draft, prerelease } of data) {
            if (draft || prerelease) {
                continue;
            }
            const comparison = await (0,src_commits/* compare */.UD)(api, name, tag, to);
            if (comparison.status === 'ahead' || comparison.status === 'diverged') {
                return { since: { tag, sha: comparison.baseSha }, compared: comparison.commits };
            }
        }
    }
    return { since: undefined, compared: await allCommits(api, name, to) };
}
async function allCommits(api, name, to) {
    const commits = [];
    const route = 'GET /repos/{owner}/{repo}/commits';
    for await (const { data } of api.paginate.iterator(route, { ...name, sha: to, per_page: src_api/* PAGE */.K })) {
        commits.push(...data.map((commit) => ({ sha: commit.sha, nodeId: commit.node_id })));
        (0,src_commits/* refuseTooMany */.Q4)(commits.length);
    }
    return commits;
}
/** Merging a pull request moves the branch too, but brings nothing of the one who merges. */
async function directPushes(api, name, branch, since, inside) {
    const events = await (0,src_pushers/* branchEvents */.qc)(api, name, branch, ({ push }) => push.sha === since);
    return events
        .filter(({ type }) => type === 'push' || type === 'force_push')
        .filter(({ push }) => inside.has(push.sha))
        .map(({ push }) => push);
}
async function pushersOfPulls(api, pulls) {
    const pushers = [];
    for (const { headRepository, headRef, mergedAt } of pulls) {
        if (headRepository) {
            pushers.push(...(await (0,src_pushers/* pushersBefore */.QP)(api, headRepository, headRef, mergedAt)));
        }
    }
    return pushers;
}

// EXTERNAL MODULE: ./build/packages/github/src/observe.js
var observe = __webpack_require__(3175);
// EXTERNAL MODULE: ./build/packages/github/src/run.js
var run = __webpack_require__(9034);
// EXTERNAL MODULE: ./build/packages/github/src/teams.js
var teams = __webpack_require__(8461);
;// CONCATENATED MODULE: ./build/packages/github/src/collect-release.js





/** Observes what GitHub knows of a release: the run, its environment, who approved it, and who contributed to it. */
async function collectDeploymentFacts(request, api, ports) {
    const { context, environment } = request;
    const name = context.repository;
    const at = `GET /repos/${name.owner}/${name.repo}`;
    const configured = await (0,observe/* observe */.l)({ kind: 'environment', environment }, `${at}/environments/${environment}`, async () => {
        const { waitTimer: _waitTimer, ...value } = await (0,environments/* readEnvironment */.Qo)(api, name, environment);
        return value;
    }, ports);
    const reviewers = configured.value?.reviewers ?? [];
    const branch = /^refs\/heads\/(.+)$/.exec(context.ref)?.[1];
    return [
        ...(await (0,run/* runFacts */.p)(api, context, ports)),
        configured,
        await (0,observe/* observe */.l)({ kind: 'deployment-approvals' }, `${at}/actions/runs/${context.runId}/approvals`, () => (0,environments/* readApprovals */.RJ)(api, name, context.runId), ports),
        await (0,observe/* observe */.l)({ kind: 'history' }, `${at}/compare of the last release with ${context.sha.slice(0, 12)}`, () => readHistory(api, name, context.sha, branch), ports),
        ...(await (0,teams/* teamFacts */.j)(api, [...request.teams, ...reviewers.flatMap((entry) => (entry.type === 'Team' ? [entry.name] : []))], ports)),
    ];
}

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/evidence/src/canonical-json.js
var canonical_json = __webpack_require__(1222);
// EXTERNAL MODULE: ./node_modules/@sigstore/bundle/dist/index.js
var dist = __webpack_require__(1040);
;// CONCATENATED MODULE: ./build/packages/evidence/src/file-signature.js



/**
 * Checks a signature over a file, given the file's digest; `read` is used for Ed25519 only. The same as `openssl dgst -sha256 -verify` (Ed25519: `openssl pkeyutl -verify -rawin`) does.
 *
 * @throws UserError `signature-mismatch`
 */
async function verifyFileSignature(signature, sha256, key, read, ports) {
    const valid = key.kind === 'ed25519'
        ? (0,external_node_crypto_.verify)(null, await read(), key.key, signature)
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
    return (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex');
}

// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(4187);
;// CONCATENATED MODULE: ./build/packages/evidence/src/keys.js


const FORMS = 'EC P-256 or P-384, RSA of 2048 bits or more, or Ed25519';
/** Below this, RSA keys are not accepted; NIST SP 800-131A revision 2. */
const MIN_RSA_BITS = 2048;
/**
 * Reads a PEM private key (PKCS #8, SEC 1 or PKCS #1, encrypted or not).
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`; never shows the key
 */
function readPrivateKey(pem, passphrase) {
    if (/-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----/.test(pem)) {
        throw new errors/* UserError */.yo("The key is in cosign's own encrypted form", {
            code: 'unsupported-key',
            fix: 'Make a PEM key with openssl (`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256`), or sign with the kms input and cosign.',
        });
    }
    const encrypted = /ENCRYPTED/.test(pem);
    if (encrypted && !passphrase) {
        throw new errors/* UserError */.yo('The key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass the passphrase from a secret.',
        });
    }
    let key;
    try {
        key = (0,external_node_crypto_.createPrivateKey)({ key: pem, format: 'pem', ...(encrypted ? { passphrase } : {}) });
    }
    catch {
        // The cause is left out: OpenSSL's messages tell nothing more, and the key must not reach a log.
        if (encrypted) {
            throw new errors/* UserError */.yo('The key cannot be decrypted with this passphrase', {
                code: 'wrong-passphrase',
                fix: 'Check that key and passphrase belong together.',
            });
        }
        throw invalidKey('private', pem);
    }
    return { key, publicKey: describePublicKey((0,external_node_crypto_.createPublicKey)(key)) };
}
/**
 * Reads a PEM public key.
 *
 * @throws UserError `invalid-key`, `unsupported-key`
 */
function readPublicKey(pem) {
    if (!/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
        throw invalidKey('public', pem);
    }
    let key;
    try {
        key = (0,external_node_crypto_.createPublicKey)(pem);
    }
    catch {
        throw invalidKey('public', pem);
    }
    return describePublicKey(key);
}
function invalidKey(what, pem) {
    const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
    const found = label ? `a block named "${label}" that cannot be read` : 'no PEM block';
    return new errors/* UserError */.yo(`This is not a PEM ${what} key: it holds ${found}`, {
        code: 'invalid-key',
        fix: `Pass a ${what} key in PEM: ${FORMS}.`,
    });
}
/**
 * The public key with its names.
 *
 * @throws UserError `unsupported-key`
 */
function describePublicKey(key) {
    const der = key.export({ type: 'spki', format: 'der' });
    const digest = (0,external_node_crypto_.createHash)('sha256').update(der).digest();
    return {
        kind: kindOf(key),
        key,
        pem: key.export({ type: 'spki', format: 'pem' }).toString(),
        hint: digest.toString('base64'),
        fingerprint: digest.toString('hex'),
    };
}
function kindOf(key) {
    const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
        return 'ec-p256';
    }
    if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') {
        return 'ec-p384';
    }
    if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) >= MIN_RSA_BITS) {
        return 'rsa';
    }
    if (key.asymmetricKeyType === 'ed25519') {
        return 'ed25519';
    }
    const size = modulusLength ? ` of ${modulusLength} bits` : '';
    throw new errors/* UserError */.yo(`Keys of type ${key.asymmetricKeyType}${namedCurve ? ` ${namedCurve}` : ''}${size} cannot be used here`, { code: 'unsupported-key', fix: `Use ${FORMS}.` });
}

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
function verifyBundleSigner(bundle, trust) {
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
    return { key: describePublicKey(key), by: subject, issuer, root, ...provenTime(entity) };
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
    const bundle = (0,dist/* toDSSEBundle */.PR)({
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
    return `${JSON.stringify((0,dist/* bundleToJSON */.ev)(bundle))}\n`;
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
        throw new errors/* UserError */.yo(`The bundle is about sha256:${messageDigest.digest.toString('hex')}, the file is sha256:${sha256}`, {
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
function bundle_verifyStatementBundle(text, trust) {
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
    const signer = verifyBundleSigner(bundle, trust);
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

// EXTERNAL MODULE: ./build/packages/policy/src/decision/publish.js
var publish = __webpack_require__(8666);
// EXTERNAL MODULE: ./build/packages/policy/src/facts/facts.js + 6 modules
var facts_facts = __webpack_require__(960);
// EXTERNAL MODULE: ./build/packages/policy/src/policy/policy-file.js
var policy_file = __webpack_require__(5434);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/packages/evidence/src/small-file.js




/** Signatures, lists, statements and SBOMs beyond this size are not ours. */
const MAX_SMALL_BYTES = 64 * 1024 * 1024;
/**
 * The bytes of a small regular file; no link is followed, and a pipe does not make us wait.
 *
 * @throws UserError `missing-file` when it is missing, unreadable, not a regular file or too large
 */
async function readSmallFile(file) {
    const name = external_node_path_.basename(file);
    const flags = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
    const handle = await (0,promises_.open)(file, flags).catch((cause) => {
        throw unusable(`${name} is missing or cannot be read`, cause);
    });
    try {
        const found = await handle.stat();
        if (!found.isFile()) {
            throw unusable(`${name} is not a regular file`);
        }
        if (found.size > MAX_SMALL_BYTES) {
            throw unusable(`${name} has ${found.size} bytes, more than ${MAX_SMALL_BYTES}`);
        }
        return await handle.readFile();
    }
    finally {
        await handle.close();
    }
}
function unusable(message, cause) {
    return new errors/* UserError */.yo(message, {
        code: 'missing-file',
        fix: 'Get the image folder again from its source, or sign the image again.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/check.js


/** Runs one check; what it throws is its reason to fail, what it returns is who signed. */
async function outcome(check, body) {
    try {
        return { ...check, status: 'pass', ...(await body()) };
    }
    catch (error) {
        return { ...check, status: 'fail', reason: (0,errors/* describeError */.Uc)(error).message };
    }
}
/** The outcome without a key. */
function unchecked(check, key) {
    return { ...check, status: 'unknown', reason: `no ${key} was given to check it with` };
}
function missing(name) {
    throw new errors/* UserError */.yo(`${name} is missing`, { code: 'missing-file' });
}
/** @throws UserError those of `readSmallFile` */
async function readText(file) {
    return (await readSmallFile(file)).toString('utf8');
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/check-bundle.js




/**
 * Checks a file that holds a sigstore bundle: with the key or the identity that it asks for, where one was given.
 *
 * @param verify checks the text of the bundle
 */
async function checkBundle({ request, signatures }, check, verify) {
    let lacking;
    const result = await outcome(check, async () => {
        const text = await readText(external_node_path_.join(signatures, check.file));
        lacking = lackingTrust(text, request);
        return lacking === undefined ? verify(text) : undefined;
    });
    return lacking === undefined ? result : unchecked(check, lacking);
}
function lackingTrust(text, { publicKey, identity }) {
    if (signedWith(parseBundle(text)) === 'key') {
        return publicKey ? undefined : 'public key';
    }
    return identity ? undefined : 'identity with its issuer';
}
function signedBy({ by, issuer, at }) {
    return {
        by,
        ...(issuer === undefined ? {} : { issuer }),
        ...(at === undefined ? {} : { at: at.toISOString() }),
    };
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/checksums.js



/** The names of the lists and how many hex digits their digests have. */
const checksumLists = { SHA256SUMS: 64, SHA512SUMS: 128 };
/** GNU coreutils' format, binary mode; sorted by name, so that the same files give the same bytes. */
function formatChecksums(entries) {
    return Object.entries(entries)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, hex]) => `${hex} *${name}\n`)
        .join('');
}
/**
 * Reads what `formatChecksums` wrote: file name to digest.
 *
 * @throws UserError `invalid-checksums` for any line of another form, a name listed twice, or no line at all
 */
function parseChecksums(text, list) {
    const form = new RegExp(`^([0-9a-f]{${checksumLists[list]}}) [ *](.+)$`);
    const entries = new Map();
    const lines = text.split('\n');
    if (lines.pop() !== '' || lines.length === 0) {
        throw invalid(list, 'it is empty or its last line is cut off');
    }
    lines.forEach((line, index) => {
        const [, hex, name] = form.exec(line) ?? [];
        if (!hex || !name || !isPlainName(name)) {
            throw invalid(list, `line ${index + 1} is not "<digest> *<file>"`);
        }
        if (entries.has(name)) {
            throw invalid(list, `line ${index + 1} lists ${name} again`);
        }
        entries.set(name, hex);
    });
    return Object.fromEntries(entries);
}
function invalid(list, reason) {
    return new errors/* UserError */.yo(`${list} cannot be used: ${reason}`, {
        code: 'invalid-checksums',
        fix: 'Sign the image again.',
    });
}
/** Folders and files of an image folder that are made after, or by, signing: not part of what is signed. */
const UNSIGNED = new Set(['signatures', 'release', 'VERIFY.md']);
/**
 * Every artefact of an image folder, relative to it, sorted: all files but the signatures themselves.
 *
 * @throws UserError `unsupported-entry` for a link, a special file or a name that a checksum list cannot carry
 */
async function listArtefacts(folder) {
    const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true });
    const names = [];
    for (const entry of entries) {
        const name = external_node_path_.relative(folder, external_node_path_.join(entry.parentPath, entry.name));
        const top = name.split(external_node_path_.sep)[0] ?? name;
        // What begins with a dot at the top is a partial of a step that is being published, or a tool's own.
        if (UNSIGNED.has(top) || top.startsWith('.') || entry.isDirectory()) {
            continue;
        }
        if (!entry.isFile() || !isPlainName(name)) {
            const what = entry.isFile()
                ? 'has a name that a checksum list cannot carry'
                : 'is a link or a special file';
            throw new errors/* UserError */.yo(`${JSON.stringify(name)} in the image folder ${what}`, {
                code: 'unsupported-entry',
                fix: 'Remove it from the image folder, or replace it by a regular file with a plain name.',
            });
        }
        names.push(name);
    }
    return names.sort();
}
/** Printable, relative, inside the folder, and nothing that coreutils would escape. */
function isPlainName(name) {
    return !/[\u0000-\u001f\u007f\\]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..');
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
;// CONCATENATED MODULE: ./build/packages/evidence/src/glance.js




/**
 * The image properties with which OpenStack Glance and Nova verify an image. Source: cursive, signature_utils.py: RSA is
 * PSS with the longest salt, of the curves only P-384 is both there and here; hence no P-256.
 * `img_signature_certificate_uuid` names a certificate in the cloud's key manager: whoever uploads the image adds it.
 */
const properties = schemas/* strictObject */.rej({
    img_signature: schemas/* base64 */.K39(),
    img_signature_hash_method: schemas/* literal */.euz('SHA-256'),
    img_signature_key_type: schemas/* enum */.k5n(['RSA-PSS', 'ECC_SECP384R1']),
});
const keyTypes = { rsa: 'RSA-PSS', 'ec-p384': 'ECC_SECP384R1' };
/**
 * The properties for a disk with this SHA-256 digest, as JSON.
 *
 * @throws UserError `unsupported-key` for keys that Glance does not take
 */
async function signGlance(signer, sha256) {
    const { kind } = signer.publicKey;
    if ((kind !== 'rsa' && kind !== 'ec-p384') || !signer.signDigest) {
        throw new UserError(`Glance does not verify signatures of ${kind} keys`, {
            code: 'unsupported-key',
            fix: 'Use an RSA or an EC P-384 key for the method glance.',
        });
    }
    const signature = await signer.signDigest(Buffer.from(sha256, 'hex'), kind === 'rsa' ? 'pss' : 'pkcs1');
    const value = {
        img_signature: signature.toString('base64'),
        img_signature_hash_method: 'SHA-256',
        img_signature_key_type: keyTypes[kind],
    };
    return `${JSON.stringify(value, null, 2)}\n`;
}
/**
 * Checks such properties.
 *
 * @throws UserError `invalid-properties`, `signature-mismatch`
 */
async function verifyGlance(text, sha256, key, ports) {
    let value;
    try {
        value = properties.parse(JSON.parse(text));
    }
    catch (cause) {
        throw new errors/* UserError */.yo('These are not the signature properties of Glance', {
            code: 'invalid-properties',
            fix: 'Sign the image again.',
            cause,
        });
    }
    const pss = value.img_signature_key_type === 'RSA-PSS';
    const fits = key.kind === (pss ? 'rsa' : 'ec-p384');
    const signature = Buffer.from(value.img_signature, 'base64');
    const digest = Buffer.from(sha256, 'hex');
    if (!fits || !(await verifyDigestSignature(key, digest, signature, ports, pss ? 'pss' : 'pkcs1'))) {
        throw signatureMismatch(key);
    }
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/minisign.js


const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** The key's name as minisign shows it: sixteen hex digits. */
function minisignKeyId(key) {
    return Buffer.from(key.id).reverse().toString('hex').toUpperCase();
}
/**
 * Reads a minisign secret key, encrypted or not.
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`
 */
async function readMinisignKey(text, passphrase) {
    const raw = Buffer.from(lastLine(text), 'base64');
    const [algorithm, kdf] = [raw.toString('latin1', 0, 2), raw.toString('latin1', 2, 4)];
    if (raw.length !== 158 || algorithm !== 'Ed' || !['Sc', '\0\0'].includes(kdf)) {
        throw new UserError('This is not a minisign secret key', {
            code: 'invalid-key',
            fix: 'Pass the content of the file that `minisign -G -s` wrote.',
        });
    }
    const secret = Buffer.from(raw.subarray(54));
    if (kdf === 'Sc') {
        if (!passphrase) {
            throw new UserError('The minisign key is encrypted and no passphrase is given', {
                code: 'passphrase-missing',
                fix: 'Pass minisign-passphrase from a secret.',
            });
        }
        const stream = await stretch(passphrase, raw.subarray(6, 38), raw.readBigUInt64LE(38), raw.readBigUInt64LE(46));
        stream.forEach((byte, index) => {
            secret[index] = (secret[index] ?? 0) ^ byte;
        });
    }
    const id = Buffer.from(secret.subarray(0, 8));
    const key = createPrivateKey({
        key: Buffer.concat([ED25519_PKCS8, secret.subarray(8, 40)]),
        format: 'der',
        type: 'pkcs8',
    });
    const point = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
    // The second half of the secret is the public key: a wrong passphrase cannot give a pair that fits.
    if (!point.equals(secret.subarray(40, 72))) {
        throw new UserError(kdf === 'Sc'
            ? 'The minisign key cannot be decrypted with this passphrase'
            : 'The minisign key is damaged', {
            code: kdf === 'Sc' ? 'wrong-passphrase' : 'invalid-key',
            fix: 'Check that minisign-key and minisign-passphrase belong together.',
        });
    }
    return { key, publicKey: publicKeyOf(id, point) };
}
/**
 * Reads a minisign public key: its file, or the base64 line alone.
 *
 * @throws UserError `invalid-key`
 */
function readMinisignPublicKey(text) {
    const raw = Buffer.from(lastLine(text), 'base64');
    if (raw.length !== 42 || raw.toString('latin1', 0, 2) !== 'Ed') {
        throw new errors/* UserError */.yo('This is not a minisign public key', {
            code: 'invalid-key',
            fix: 'Pass the content of the file that `minisign -G -p` wrote.',
        });
    }
    return publicKeyOf(Buffer.from(raw.subarray(2, 10)), raw.subarray(10));
}
/** A `.minisig` file over a file with this BLAKE2b-512 digest; the comment is signed too. */
function signMinisign(key, blake2b512, comment) {
    const signature = sign(null, blake2b512, key.key);
    const all = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key.key);
    const blob = Buffer.concat([Buffer.from('ED'), key.publicKey.id, signature]);
    return [
        'untrusted comment: signature by golden-image-actions',
        blob.toString('base64'),
        `trusted comment: ${comment}`,
        all.toString('base64'),
        '',
    ].join('\n');
}
/**
 * Checks a `.minisig` file.
 *
 * @throws UserError `signature-mismatch`
 */
function verifyMinisign(key, blake2b512, text) {
    const [, first = '', comment = '', second = ''] = text.split('\n');
    const blob = Buffer.from(first, 'base64');
    const signature = blob.subarray(10);
    const prefix = 'trusted comment: ';
    const commented = Buffer.concat([signature, Buffer.from(comment.slice(prefix.length))]);
    const good = blob.toString('latin1', 0, 2) === 'ED' &&
        key.id.equals(blob.subarray(2, 10)) &&
        comment.startsWith(prefix) &&
        (0,external_node_crypto_.verify)(null, blake2b512, key.key, signature) &&
        (0,external_node_crypto_.verify)(null, commented, key.key, Buffer.from(second, 'base64'));
    if (!good) {
        throw new errors/* UserError */.yo(`The signature is not by the minisign key ${minisignKeyId(key)}`, {
            code: 'signature-mismatch',
            fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
        });
    }
}
function publicKeyOf(id, point) {
    const key = (0,external_node_crypto_.createPublicKey)({ key: Buffer.concat([ED25519_SPKI, point]), format: 'der', type: 'spki' });
    const base64 = Buffer.concat([Buffer.from('Ed'), id, point]).toString('base64');
    const name = Buffer.from(id).reverse().toString('hex').toUpperCase();
    return { id, key, text: `untrusted comment: minisign public key ${name}\n${base64}\n` };
}
function lastLine(text) {
    return text.trim().split('\n').at(-1)?.trim() ?? '';
}
/** libsodium's choice of scrypt parameters from its two limits (crypto_pwhash_scryptsalsa208sha256, pickparams). */
function stretch(passphrase, salt, operations, memory) {
    const ops = Math.max(Number(operations), 32_768);
    const mem = Number(memory);
    const r = 8;
    const limited = ops < mem / 32;
    const most = limited ? ops / (r * 4) : mem / (r * 128);
    let log = 1;
    while (log < 40 && 2 ** log <= most / 2) {
        log += 1;
    }
    const N = 2 ** log;
    const p = limited ? 1 : Math.max(1, Math.floor(Math.min(ops / 4 / N, 0x3fffffff) / r));
    const options = { N, r, p, maxmem: 256 * N * r };
    return new Promise((resolve, reject) => {
        if (mem > 2 ** 31) {
            reject(new UserError('The minisign key asks for more memory than 2 GiB', { code: 'invalid-key' }));
            return;
        }
        scrypt(passphrase, salt, 104, options, (error, derived) => (error ? reject(error) : resolve(derived)));
    });
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/openpgp.js

/**
 * Signature algorithms that GnuPG 2.2 reads; its successors too.
 * RFC 9580's own Ed25519 (27), which openpgp.js calls curve25519, is unknown to GnuPG.
 */
const READABLE = new Set(['rsaEncryptSign', 'rsaSign', 'ecdsa', 'eddsaLegacy', 'dsa']);
/**
 * Reads an armored OpenPGP secret key and unlocks it.
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`
 */
async function readOpenPgpKey(armored, passphrase) {
    const { readPrivateKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    let key;
    try {
        key = await readPrivateKey({ armoredKey: armored });
    }
    catch {
        throw new UserError('This is not an armored OpenPGP secret key', {
            code: 'invalid-key',
            fix: 'Export it with `gpg --armor --export-secret-keys <fingerprint>`.',
        });
    }
    const signing = await signingKey(key);
    const { algorithm } = signing.getAlgorithmInfo();
    if (!READABLE.has(algorithm) || signing.keyPacket.version !== 4) {
        throw new UserError(`GnuPG cannot verify signatures of this OpenPGP key (${algorithm}, version ${signing.keyPacket.version})`, {
            code: 'unsupported-key',
            fix: 'Use an RSA or a (legacy) Ed25519 key of version 4, as `gpg --quick-generate-key <name> ed25519 sign` makes it.',
        });
    }
    return {
        key: await unlock(key, passphrase),
        fingerprint: key.getFingerprint().toUpperCase(),
        publicKey: key.toPublic().armor(),
    };
}
async function signingKey(key) {
    try {
        return (await key.getSigningKey());
    }
    catch (cause) {
        throw new UserError('The OpenPGP key cannot sign: it is expired, revoked or has no signing key', {
            code: 'unsupported-key',
            fix: 'Extend or replace the key; `gpg --list-secret-keys` shows what it may do.',
            cause,
        });
    }
}
async function unlock(key, passphrase) {
    if (key.isDecrypted()) {
        return key;
    }
    if (!passphrase) {
        throw new UserError('The OpenPGP key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass openpgp-passphrase from a secret.',
        });
    }
    const { decryptKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    try {
        return await decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new UserError('The OpenPGP key cannot be decrypted with this passphrase', {
            code: 'wrong-passphrase',
            fix: 'Check that openpgp-key and openpgp-passphrase belong together.',
        });
    }
}
/** A detached, armored signature over a small file's bytes. */
async function signDetached(key, data, date) {
    const { createMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const message = await createMessage({ binary: data });
    return sign({ message, signingKeys: key.key, detached: true, format: 'armored', date });
}
/** The text with its signature around it (RFC 9580 section 7); text with line feeds only. */
async function signClear(key, text, date) {
    const { createCleartextMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const message = await createCleartextMessage({ text });
    return sign({ message, signingKeys: key.key, format: 'armored', date });
}
/**
 * Checks a detached signature.
 *
 * @returns the fingerprint of the key that made it, upper-case hex
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
async function verifyDetached(publicKey, data, signature, date) {
    const { createMessage, readSignature, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const verificationKeys = await readPublicKeys(publicKey);
    return checked(verificationKeys, async () => verify({
        message: await createMessage({ binary: data }),
        signature: await readSignature({ armoredSignature: signature }),
        verificationKeys,
        date,
    }));
}
/**
 * Checks a clearsigned text and that it carries exactly `expected`.
 *
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
async function verifyClear(publicKey, clearsigned, expected, date) {
    const { readCleartextMessage, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const verificationKeys = await readPublicKeys(publicKey);
    return checked(verificationKeys, async () => {
        const message = await readCleartextMessage({ cleartextMessage: clearsigned });
        if (message.getText().trimEnd() !== expected.trimEnd()) {
            throw new Error('the clearsigned text differs from the list');
        }
        return verify({ message, verificationKeys, date });
    });
}
/**
 * A clearsigned text in the one form that this project writes; other forms of it hold as well, with text around it or
 * with letters in its signature that say nothing.
 *
 * @throws Error when it is none
 */
async function canonicalClear(clearsigned) {
    const { readCleartextMessage } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    return (await readCleartextMessage({ cleartextMessage: clearsigned })).armor();
}
/**
 * A public key in the one armored form that this project writes, whoever armored it.
 *
 * @throws UserError `invalid-key`
 */
async function canonicalPublicKey(armored) {
    const [key] = await readPublicKeys(armored);
    return key?.toPublic().armor() ?? '';
}
async function readPublicKeys(armored) {
    const { readKeys } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    try {
        return await readKeys({ armoredKeys: armored });
    }
    catch (cause) {
        throw new errors/* UserError */.yo('This is not an armored OpenPGP public key', {
            code: 'invalid-key',
            fix: 'Export it with `gpg --armor --export <fingerprint>`.',
            cause,
        });
    }
}
async function checked(keys, verify) {
    try {
        const { signatures } = await verify();
        for (const entry of signatures) {
            await entry.verified;
            const signer = keys.find((key) => key.getKeys(entry.keyID).length > 0);
            if (signer) {
                return signer.getFingerprint().toUpperCase();
            }
        }
        throw new Error('there is no signature in it');
    }
    catch (cause) {
        const known = keys.map((key) => key.getFingerprint().toUpperCase()).join(', ');
        throw new errors/* UserError */.yo(`The OpenPGP signature is not by ${known}`, {
            code: 'signature-mismatch',
            fix: 'The list or the signature was changed, or another key made it: do not use the image.',
            cause,
        });
    }
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/signature-files.js

/** Where signing puts what; all names are relative to the folder `signatures`. */
const signatureFiles = {
    /** A detached, armored OpenPGP signature, named as Ubuntu names it. */
    openpgpDetached: (list) => `${list}.gpg`,
    openpgpClear: (list) => `${list}.clearsigned`,
    /** Raw signature for `openssl dgst -sha256 -verify`. */
    openssl: (file) => `${external_node_path_.basename(file)}.sig`,
    /** Image properties for OpenStack Glance. */
    glance: (file) => `${external_node_path_.basename(file)}.glance.json`,
    minisign: (file) => `${external_node_path_.basename(file)}.minisig`,
    sigstore: (file) => `${external_node_path_.basename(file)}.sigstore.json`,
    statement: (name) => `${name}.intoto.sigstore.json`,
    /** All public keys of the run in one file. */
    allKeys: 'keys/all.asc',
    publicKey: 'keys/sigstore.pub',
    openpgpKey: 'keys/openpgp.asc',
    minisignKey: 'keys/minisign.pub',
    /** Who vouches for keyless signatures. */
    trustedRoot: 'keys/trusted-root.json',
    /** For cosign, which insists on a trusted root even with a key. */
    noTrustedRoot: 'keys/no-trusted-root.json',
};
/** The name of the statement in a bundle's file name, when it is one. */
function statementName(file) {
    return /^([A-Za-z0-9][A-Za-z0-9._+-]*)\.intoto\.sigstore\.json$/.exec(file)?.[1];
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/check-signatures.js













/** The list names exactly the artefacts that are there, with their digests. */
function checkList({ signatures, digests }, list) {
    const algorithm = list === 'SHA256SUMS' ? 'sha256' : 'sha512';
    return outcome({ kind: 'checksums', file: list, subject: 'all artefacts' }, async () => {
        const listed = parseChecksums(await readText(external_node_path_.join(signatures, list)), list);
        const problems = Object.entries(listed).flatMap(([name, expected]) => {
            const actual = digests.get(name)?.[algorithm];
            if (actual === expected) {
                return [];
            }
            return [actual ? `${name} is ${algorithm}:${actual}, the list says ${expected}` : `${name} is missing`];
        });
        const unlisted = [...digests.keys()]
            .filter((name) => !(name in listed))
            .map((name) => `${name} is not listed`);
        if (problems.length + unlisted.length > 0) {
            throw new errors/* UserError */.yo([...problems, ...unlisted].join('; '), { code: 'digest-mismatch' });
        }
        return undefined;
    });
}
async function checkOpenPgp({ request, signatures, files, ports }, list) {
    const checks = [];
    const kinds = [
        { file: signatureFiles.openpgpDetached(list), verify: verifyDetachedText },
        { file: signatureFiles.openpgpClear(list), verify: verifyClearText },
    ];
    for (const { file, verify } of kinds.filter((kind) => files.includes(kind.file))) {
        const check = { kind: 'openpgp', file, subject: list };
        const { openpgpKey } = request;
        checks.push(openpgpKey
            ? await outcome(check, async () => {
                const text = await readText(external_node_path_.join(signatures, list));
                const signature = await readText(external_node_path_.join(signatures, file));
                return { by: await verify(openpgpKey, signature, text, ports.clock.now()) };
            })
            : unchecked(check, 'OpenPGP public key'));
    }
    return checks;
}
const verifyDetachedText = (key, signature, text, date) => verifyDetached(key, Buffer.from(text), signature, date);
const verifyClearText = (key, signature, text, date) => verifyClear(key, signature, text, date);
/** `<file>.sig` and `<file>.sigstore.json`, for a list in the signatures folder or an artefact in the image folder. */
async function checkFileSignatures(context, subject) {
    const { request, signatures, digests, files, ports } = context;
    const isList = subject in checksumLists;
    const location = external_node_path_.join(isList ? signatures : request.folder, subject);
    const read = () => readSmallFile(location);
    const digest = async () => isList ? sha256Of(await read()) : (digests.get(subject)?.sha256 ?? missing(subject));
    const checks = await checkMinisign(context, subject, read);
    const openssl = { kind: 'openssl', file: signatureFiles.openssl(subject), subject };
    const glance = { kind: 'glance', file: signatureFiles.glance(subject), subject };
    for (const check of [openssl, glance].filter(({ file }) => files.includes(file))) {
        const key = request.publicKey;
        if (!key) {
            checks.push(unchecked(check, 'public key'));
            continue;
        }
        const file = external_node_path_.join(signatures, check.file);
        checks.push(await outcome(check, async () => {
            if (check.kind === 'openssl') {
                await verifyFileSignature(await readSmallFile(file), await digest(), key, read, ports);
            }
            else {
                await verifyGlance(await readText(file), await digest(), key, ports);
            }
            return { by: `sha256:${key.fingerprint}` };
        }));
    }
    const sigstore = { kind: 'sigstore', file: signatureFiles.sigstore(subject), subject };
    if (files.includes(sigstore.file)) {
        checks.push(await checkBundle(context, sigstore, async (text) => signedBy(await verifyDigestBundle(text, await digest(), request, read, ports))));
    }
    return checks;
}
async function checkMinisign({ request, signatures, digests, files }, subject, read) {
    const check = { kind: 'minisign', file: signatureFiles.minisign(subject), subject };
    const { minisignKey } = request;
    if (!files.includes(check.file)) {
        return [];
    }
    if (!minisignKey) {
        return [unchecked(check, 'minisign public key')];
    }
    const known = digests.get(subject)?.blake2b512;
    return [
        await outcome(check, async () => {
            const digest = known
                ? Buffer.from(known, 'hex')
                : (0,external_node_crypto_.createHash)('blake2b512')
                    .update(await read())
                    .digest();
            verifyMinisign(minisignKey, digest, await readText(external_node_path_.join(signatures, check.file)));
            return { by: `minisign:${minisignKeyId(minisignKey)}` };
        }),
    ];
}

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var src_statement = __webpack_require__(1684);
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

;// CONCATENATED MODULE: ./build/packages/evidence/src/statement-names.js

/** Statements that sign-image makes itself: they are in their bundles only, not in `evidence/`. */
const madeBySigning = {
    spdx: 'sbom-spdx',
    cyclonedx: 'sbom-cyclonedx',
    release: 'release',
};
/** What a statement with one of our names must be: a test result cannot pass for a provenance by its name. */
const EXPECTED = {
    '10-media': src_statement/* predicateTypes */.ZR.medium,
    '20-build': src_statement/* predicateTypes */.ZR.provenance,
    '30-harden': src_statement/* predicateTypes */.ZR.testResult,
    '40-fvt': src_statement/* predicateTypes */.ZR.testResult,
    '50-export': src_statement/* predicateTypes */.ZR.provenance,
    [madeBySigning.spdx]: src_statement/* predicateTypes */.ZR.spdx,
    [madeBySigning.cyclonedx]: src_statement/* predicateTypes */.ZR.cyclonedx,
    [madeBySigning.release]: src_statement/* predicateTypes */.ZR.release,
};
/** The predicate type that a statement of this name must have; undefined for names that are not ours. */
function expectedPredicateType(name) {
    return Object.hasOwn(EXPECTED, name) ? EXPECTED[name] : undefined;
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/check-statements.js











/** How far the clocks of two machines may differ, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** Every statement that lies in the folder as evidence or as a bundle. */
async function checkStatements(context) {
    const { request, files, ports } = context;
    const folder = external_node_path_.join(request.folder, 'evidence');
    const evidence = (await (0,promises_.readdir)(folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
    const names = new Set([
        ...evidence.map((name) => name.slice(0, -'.json'.length)),
        ...files.map(statementName).filter((name) => name !== undefined),
    ]);
    const statements = [];
    for (const name of [...names].sort()) {
        const file = signatureFiles.statement(name);
        const isEvidence = evidence.includes(`${name}.json`);
        const check = {
            kind: 'statement',
            file,
            subject: isEvidence ? `evidence/${name}.json` : name,
        };
        let statement;
        const result = files.includes(file)
            ? await checkBundle(context, check, async (text) => {
                const signed = bundle_verifyStatementBundle(text, request);
                if (isEvidence && !signed.payload.equals(await readSmallFile(external_node_path_.join(folder, `${name}.json`)))) {
                    throw new errors/* UserError */.yo(`evidence/${name}.json is not what was signed`, { code: 'digest-mismatch' });
                }
                statement = readSigned(name, signed.payload, ports.clock.now());
                return signedBy(signed);
            })
            : await outcome(check, async () => {
                throw new errors/* UserError */.yo(`evidence/${name}.json is not signed`, { code: 'unsigned' });
            });
        statements.push({ name, check: result, ...(statement ? { statement } : {}) });
    }
    return statements;
}
/** The statement in a payload whose signature holds: of the type that its name stands for, and not from the future. */
function readSigned(name, payload, now) {
    const statement = src_statement/* statementSchema */.t.parse(JSON.parse(payload.toString('utf8')));
    const expected = expectedPredicateType(name);
    if (expected !== undefined && statement.predicateType !== expected) {
        throw new errors/* UserError */.yo(`${name} holds a predicate of type ${statement.predicateType}, not ${expected}`, {
            code: 'wrong-predicate-type',
        });
    }
    const { finishedOn } = statementFacts(statement);
    if (finishedOn !== undefined && Date.parse(finishedOn) > now.getTime() + CLOCK_SKEW_MS) {
        throw new errors/* UserError */.yo(`${name} tells of work that ends in the future, on ${finishedOn}`, {
            code: 'future-statement',
        });
    }
    return statement;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
;// CONCATENATED MODULE: ./build/packages/evidence/src/digest-workers.js


/** Bytes in one slot of the ring, and slots; the whole ring is what a file costs in memory, whatever its size. */
const SLOT = 1024 * 1024;
const SLOTS = 6;
/** Text, not a file: a bundled action is one file. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const hash = createHash(workerData.algorithm);
const memory = new Uint8Array(workerData.memory);
parentPort.on('message', (message) => {
  if (message.length === undefined) {
    parentPort.postMessage({ hex: hash.digest('hex') });
    parentPort.close();
  } else {
    hash.update(memory.subarray(message.offset, message.offset + message.length));
    parentPort.postMessage({ offset: message.offset });
  }
});
`;
/** Whether threads help: below this size starting them takes longer than hashing. */
function worthWorkers(bytes) {
    return bytes > 32 * 1024 * 1024 && (0,external_node_os_.availableParallelism)() > 1;
}
/**
 * Digests side by side, one thread each, from one pass of reading: a chunk is read once into memory that all threads
 * share, and its place is used again when the slowest of them is through with it.
 */
async function digestWithWorkers(algorithms, read, onBytes) {
    const memory = new SharedArrayBuffer(SLOT * SLOTS);
    const free = Array.from({ length: SLOTS }, (_unused, index) => index * SLOT);
    const users = new Map();
    let wake;
    let failure;
    const workers = algorithms.map((algorithm) => {
        const worker = new external_node_worker_threads_.Worker(WORKER, { eval: true, workerData: { algorithm, memory } });
        const hex = new Promise((resolve, reject) => {
            worker.on('message', (message) => {
                if (message.hex !== undefined) {
                    resolve(message.hex);
                    return;
                }
                const left = (users.get(message.offset) ?? 0) - 1;
                users.set(message.offset, left);
                if (left === 0) {
                    free.push(message.offset);
                    wake?.();
                }
            });
            worker.once('error', (error) => {
                failure = error;
                reject(error);
                wake?.();
            });
        });
        // Awaited at the end; until then a rejection is remembered in `failure`.
        hex.catch(() => { });
        return { algorithm, worker, hex };
    });
    try {
        let bytes = 0;
        for (;;) {
            while (free.length === 0 && !failure) {
                await new Promise((resolve) => {
                    wake = resolve;
                });
            }
            if (failure) {
                throw failure;
            }
            const offset = free.shift() ?? 0;
            const length = await read(new Uint8Array(memory, offset, SLOT));
            if (length === 0) {
                break;
            }
            users.set(offset, workers.length);
            for (const { worker } of workers) {
                worker.postMessage({ offset, length });
            }
            bytes += length;
            onBytes(bytes);
        }
        const hex = await Promise.all(workers.map(async (entry) => {
            entry.worker.postMessage({});
            return [entry.algorithm, await entry.hex];
        }));
        return { bytes, hex: Object.fromEntries(hex) };
    }
    finally {
        await Promise.all(workers.map(({ worker }) => worker.terminate()));
    }
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/bound-file.js





const CHUNK = 1024 * 1024;
/**
 * Digests of exactly one file, from one pass in constant memory: opened without following a link, and refused when
 * the file, or what its name stands for, changed between the first and the last byte.
 *
 * @throws UserError `not-a-regular-file`, `file-changed`
 */
async function digestBoundFile(file, algorithms, options = {}) {
    const handle = await openRegular(file);
    try {
        const before = await identity(handle);
        const { size } = await handle.stat();
        let left = size;
        const read = async (buffer) => {
            options.signal?.throwIfAborted();
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
            left -= bytesRead;
            // Not at its end only: a file that always grows has none.
            if (left < 0) {
                throw changed(file);
            }
            return bytesRead;
        };
        const digest = worthWorkers(size) && algorithms.length > 1 ? digestWithWorkers : digestHere;
        const result = await digest(algorithms, read, options.onBytes ?? (() => { }));
        await assertUnchanged(file, handle, before, result.bytes);
        return result;
    }
    finally {
        await handle.close();
    }
}
async function digestHere(algorithms, read, onBytes) {
    const hashes = algorithms.map((name) => [name, (0,external_node_crypto_.createHash)(name)]);
    const buffer = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (let length = await read(buffer); length > 0; length = await read(buffer)) {
        for (const [, hash] of hashes) {
            hash.update(buffer.subarray(0, length));
        }
        bytes += length;
        onBytes(bytes);
    }
    const hex = Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
    return { bytes, hex: hex };
}
async function openRegular(file) {
    let handle;
    try {
        // O_NONBLOCK: a named pipe must not make us wait for its writer.
        handle = await (0,promises_.open)(file, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
    }
    catch (cause) {
        throw notRegular(file, cause.code === 'ELOOP' ? 'a symbolic link' : undefined, cause);
    }
    if (!(await handle.stat()).isFile()) {
        await handle.close();
        throw notRegular(file, 'not a regular file');
    }
    return handle;
}
function notRegular(file, what, cause) {
    const reason = what ?? (cause instanceof Error ? cause.message : 'unreadable');
    return new errors/* UserError */.yo(`${file} cannot be bound: it is ${what ? reason : `unreadable (${reason})`}`, {
        code: 'not-a-regular-file',
        fix: 'Put the file itself there, readable, instead of a link or a special file.',
        ...(cause === undefined ? {} : { cause }),
    });
}
/** What must stay the same while a file is read; nanoseconds, so that quick changes show too. */
async function identity(handle) {
    const { dev, ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
async function assertUnchanged(file, handle, before, bytes) {
    const after = await identity(handle);
    const named = await (0,promises_.lstat)(file, { bigint: true }).catch(() => undefined);
    const sameName = named !== undefined && after.startsWith(`${named.dev} ${named.ino} `);
    const size = Number(after.split(' ')[2]);
    if (before !== after || !sameName || size !== bytes) {
        throw changed(file);
    }
}
function changed(file) {
    return new errors/* UserError */.yo(`${file} changed while it was read`, {
        code: 'file-changed',
        fix: 'Make sure that nothing writes to the image folder (a running guest, an earlier step), and run this step again.',
    });
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/digest-folder.js



/**
 * Digests of the artefacts of an image folder; each file is read once.
 *
 * @throws UserError those of `digestBoundFile` and `listArtefacts`
 */
async function digestFolder(folder, ports, { blake2b = [], artefacts } = {}) {
    const digests = new Map();
    for (const name of artefacts ?? (await listArtefacts(folder))) {
        const extra = blake2b.includes(name) ? ['blake2b512'] : [];
        const { hex, bytes } = await digestBoundFile(external_node_path_.join(folder, name), ['sha256', 'sha512', ...extra], {
            signal: ports.signal,
            onBytes: (done) => ports.log.progress({ label: `Hash ${name}`, done, unit: 'bytes' }),
        });
        digests.set(name, { ...hex, bytes });
    }
    return digests;
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/verify-folder.js







/**
 * Checks every list, signature and statement of a signed image folder against the files and the keys given. What is
 * wrong is reported, not thrown: the caller decides. Nothing is fetched.
 *
 * @throws UserError when the folder cannot be read or holds links
 */
async function verifyFolder(request, ports) {
    const signatures = request.signatures ?? external_node_path_.join(request.folder, 'signatures');
    const files = (await (0,promises_.readdir)(signatures).catch(() => [])).sort();
    const minisign = files.includes(signatureFiles.minisign(request.disk)) && request.minisignKey !== undefined;
    const digests = request.digests ??
        (await digestFolder(request.folder, ports, {
            artefacts: request.artefacts,
            blake2b: minisign ? [request.disk] : [],
        }));
    const context = { request, signatures, digests, files, ports };
    const checks = [];
    for (const list of Object.keys(checksumLists)) {
        checks.push(await checkList(context, list));
        checks.push(...(await checkOpenPgp(context, list)));
        checks.push(...(await checkFileSignatures(context, list)));
    }
    checks.push(...(await checkFileSignatures(context, request.disk)));
    return { digests, checks, statements: await checkStatements(context) };
}

// EXTERNAL MODULE: ./build/packages/evidence/src/proof.js + 1 modules
var src_proof = __webpack_require__(6247);
;// CONCATENATED MODULE: ./build/packages/image-folder/src/descriptor.js

/** A name that is safe as a file name, in a URL and in a catalog. */
const identifier = schemas/* string */.YjP().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);
/** `image.json`: what an image is. */
const descriptor_imageDescriptor = schemas/* strictObject */.rej({
    schemaVersion: schemas/* literal */.euz(1),
    name: identifier,
    version: identifier,
    class: schemas/* enum */.k5n(['stock', 'custom', 'catalog']),
    /** os-release ID: `debian`, `ubuntu`, `rhel`, `sles`… */
    distribution: identifier,
    /** os-release VERSION_ID: `13`, `24.04`, `9.6`. */
    release: identifier,
    architecture: schemas/* enum */.k5n(['amd64', 'arm64']),
    firmware: schemas/* array */.YOg(schemas/* enum */.k5n(['bios', 'uefi'])).min(1),
    disk: schemas/* strictObject */.rej({
        /** File name inside the folder. */
        file: schemas/* string */.YjP().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/),
        format: schemas/* enum */.k5n(['qcow2', 'raw']),
        /** Size of the file in bytes. */
        size: schemas/* int */.Whr().nonnegative(),
        /** Size of the disk as the guest sees it, in bytes. */
        virtualSize: schemas/* int */.Whr().positive(),
        sha256: schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/),
    }),
});

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
    const parsed = descriptor_imageDescriptor.safeParse(value);
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

// EXTERNAL MODULE: ./build/packages/policy/src/decision/finding.js
var finding = __webpack_require__(3264);
;// CONCATENATED MODULE: ./build/packages/policy/src/release/collect-release.js




/**
 * Observes a signed image folder: hashes every file, checks every list, signature and statement, walks the chain.
 * What is wrong or cannot be observed becomes a fact that says so; nothing is decided here.
 */
async function collectReleaseFacts(request, policy, ports) {
    const time = ports.clock.now().toISOString();
    const facts = [...(await deploymentFacts(request, policy, time))];
    try {
        const image = await readImageFolder(request.image);
        facts.push(imageFact(image, time), ...(await folderFacts(request, image, time, ports)));
    }
    catch (error) {
        ports.signal.throwIfAborted();
        facts.push({
            kind: 'image',
            status: 'fail',
            source: request.image,
            time,
            detail: (0,errors/* describeError */.Uc)(error).message,
        });
    }
    const environment = request.environment === undefined ? {} : { environment: request.environment };
    return { version: 1, mode: 'release', time, ...environment, facts };
}
function imageFact({ folder, descriptor }, time) {
    const { name, version, class: imageClass, disk } = descriptor;
    const value = { name, version, class: imageClass, disk: disk.file };
    return { kind: 'image', status: 'pass', source: `${folder}/image.json`, time, value };
}
async function folderFacts(request, { folder, descriptor }, time, ports) {
    const { publicKey, identity, trustedRoots, openpgpKey, minisignKey } = request;
    const keys = { publicKey, identity, trustedRoots, openpgpKey, minisignKey };
    const disk = descriptor.disk.file;
    const report = await verifyFolder({ folder, disk, ...keys }, ports);
    const proof = (0,src_proof/* judgeReport */.w)(report, { disk, ...keys });
    const sha256 = proof.sha256 ?? '';
    const sameDisk = sha256 === descriptor.disk.sha256;
    const lists = report.checks.filter((check) => check.kind === 'checksums');
    const gaps = proof.chain.gaps;
    return [
        {
            kind: 'disk',
            status: sameDisk ? 'pass' : 'fail',
            source: `${folder}/${disk}, hashed`,
            time,
            value: { sha256 },
            ...(sameDisk
                ? {}
                : { detail: `${disk} is sha256:${sha256}, image.json says sha256:${descriptor.disk.sha256}` }),
        },
        { kind: 'checksums', source: `${folder}/signatures`, time, ...verdict(lists) },
        ...src_proof/* methods */.v.map((method) => signatureFact(method, report.checks, proof.provenBy, folder, time)),
        {
            kind: 'inventory',
            status: 'pass',
            source: `${folder}/evidence`,
            time,
            value: report.statements.map(({ name }) => name),
        },
        ...report.statements.map((entry) => statementFact(entry, folder, time)),
        {
            kind: 'chain',
            status: gaps.length === 0 ? 'pass' : 'fail',
            source: `${folder}/signatures`,
            time,
            value: {
                origin: proof.chain.origin,
                digests: proof.chain.links.map((link) => link.artifact.digest.sha256),
            },
            ...(gaps.length === 0 ? {} : { detail: gaps.join('; ') }),
        },
    ];
}
/** All of several checks, with the reason of each that did not pass. */
function verdict(checks) {
    const bad = checks.filter((check) => check.status !== 'pass');
    const detail = bad.map((check) => `${check.file}: ${check.reason}`).join('; ');
    return { status: (0,finding/* worst */.QZ)(checks.map(({ status }) => status)), ...(detail === '' ? {} : { detail }) };
}
function signatureFact(method, checks, provenBy, folder, time) {
    const common = { kind: 'signature', source: `${folder}/signatures`, time, value: { method } };
    const kinds = method === 'sigstore' ? ['sigstore', 'openssl', 'glance'] : [method];
    const own = checks.filter((check) => kinds.includes(check.kind));
    const proven = provenBy.find((entry) => entry.method === method);
    const judged = verdict(own);
    if (own.length === 0) {
        return { ...common, status: 'unknown', detail: `there is no ${method} signature` };
    }
    if (judged.status === 'pass' && !proven) {
        return { ...common, status: 'fail', detail: `no ${method} signature covers the disk` };
    }
    return { ...common, ...judged, ...(proven && judged.status === 'pass' ? { by: proven.by } : {}) };
}
function statementFact({ name, check, statement }, folder, time) {
    const common = { kind: 'statement', name, source: `${folder}/signatures/${check.file}`, time };
    if (check.status !== 'pass' || !statement) {
        return {
            ...common,
            status: check.status === 'unknown' ? 'unknown' : 'fail',
            detail: `${check.file}: ${check.reason ?? 'it cannot be read'}`,
        };
    }
    // Through JSON, so that undefined fields vanish: a replay reads the same value.
    const value = JSON.parse(JSON.stringify(statementFacts(statement)));
    return { ...common, status: 'pass', ...(check.by === undefined ? {} : { by: check.by }), value };
}
/** Who approved a deployment is known to GitHub only. */
async function deploymentFacts(request, policy, time) {
    if (Object.keys(policy.environments ?? {}).length === 0) {
        return [];
    }
    if (request.deployment) {
        return request.deployment(policy);
    }
    const detail = 'nobody asked GitHub who approved the environment: the gate has no token';
    return [{ kind: 'run', status: 'unknown', source: 'GitHub', time, detail, permission: 'actions: read' }];
}

// EXTERNAL MODULE: ./build/packages/policy/src/decision/decision.js
var decision = __webpack_require__(8247);
// EXTERNAL MODULE: ./build/packages/policy/src/decision/exceptions.js
var decision_exceptions = __webpack_require__(5887);
// EXTERNAL MODULE: ./build/packages/policy/src/facts/known.js
var known = __webpack_require__(601);
// EXTERNAL MODULE: ./build/packages/policy/src/people/contributors.js
var people_contributors = __webpack_require__(4880);
// EXTERNAL MODULE: ./build/packages/policy/src/people/login.js
var people_login = __webpack_require__(2829);
// EXTERNAL MODULE: ./build/packages/policy/src/people/membership.js
var membership = __webpack_require__(5282);
// EXTERNAL MODULE: ./build/packages/policy/src/policy/glob.js
var glob = __webpack_require__(1491);
;// CONCATENATED MODULE: ./build/packages/policy/src/release/environment-rules.js






/** GitHub's environments: who approved the deployment, from which ref, and that nobody approved their own work. */
function environmentFindings(policy, facts) {
    const names = Object.keys(policy.environments ?? {});
    if (names.length === 0) {
        return [];
    }
    const name = facts.environment;
    const rules = name !== undefined && names.includes(name) ? policy.environments?.[name] : undefined;
    if (name === undefined || rules === undefined) {
        const found = name === undefined ? 'the environment is not named' : `the policy has no environment ${name}`;
        const requirement = 'The release goes to an environment that the policy knows';
        return [
            (0,finding/* finding */.gk)('release.environment', requirement, name === undefined ? 'unknown' : 'fail', {
                found,
                next: `Set the input environment to one of: ${names.join(', ')}.`,
            }),
        ];
    }
    const prefix = `release.environment.${name}`;
    const run = (0,known/* known */.e)(facts, 'run');
    if (!run.value) {
        return [(0,known/* notKnown */.b)(`${prefix}.run`, `The run that deploys to ${name} is known`, run)];
    }
    return [
        attemptFinding(prefix, policy, rules, run.value),
        ...refFindings(prefix, name, rules, run.value),
        ...(rules.reviewers ? approvalFindings(prefix, name, rules, run.value, policy, facts) : []),
    ];
}
/** GitHub does not say which attempt an approval was for. */
function attemptFinding(prefix, policy, rules, { attempt }) {
    const allowed = attempt === 1 || rules.reviewers === undefined || policy['re-runs'].release === 'allow';
    return (0,finding/* finding */.gk)(`${prefix}.attempt`, 'The approval is for this attempt', allowed ? 'pass' : 'fail', {
        found: attempt === 1 ? 'first attempt' : `attempt ${attempt}: approvals of earlier ones count for GitHub`,
        next: 'Start a new run, or allow it with `re-runs: {release: allow}` in the policy.',
    });
}
function refFindings(prefix, name, { refs }, { ref }) {
    if (!refs) {
        return [];
    }
    const short = ref.replace(/^refs\/(?:heads|tags)\//, '');
    const allowed = refs.some((pattern) => (0,glob/* matchesGlob */.k)(pattern, pattern.startsWith('refs/') ? ref : short));
    return [
        (0,finding/* finding */.gk)(`${prefix}.ref`, `${name} is released from ${refs.join(', ')}`, allowed ? 'pass' : 'fail', {
            found: ref,
            next: `Release from ${refs.join(' or ')}.`,
        }),
    ];
}
function approvalFindings(prefix, name, rules, run, policy, facts) {
    const environment = (0,known/* known */.e)(facts, 'environment', (fact) => fact.environment === name);
    const approvals = (0,known/* known */.e)(facts, 'deployment-approvals');
    const history = (0,known/* known */.e)(facts, 'history');
    const missing = [
        ...(environment.value
            ? []
            : [(0,known/* notKnown */.b)(`${prefix}.settings`, `The settings of ${name} are known`, environment)]),
        ...(approvals.value ? [] : [(0,known/* notKnown */.b)(`${prefix}.approvals`, `Who approved ${name} is known`, approvals)]),
        ...(rules['self-review'] === 'allow' || history.value
            ? []
            : [(0,known/* notKnown */.b)(`${prefix}.history`, 'Who contributed since the last release is known', history)]),
    ];
    if (!environment.value || !approvals.value || missing.length > 0) {
        return missing;
    }
    const contributors = rules['self-review'] === 'deny' && history.value
        ? (0,people_contributors/* contributorsOf */.a)({
            authors: history.value.pulls.map(({ author }) => author),
            commits: history.value.commits,
            pushes: history.value.pushers,
        }, policy.people)
        : undefined;
    const since = history.value?.since?.tag ?? 'the beginning';
    const findings = [
        approvedFinding(prefix, name, rules, { run, environment: environment.value, contributors, since }, approvals.value, facts),
        bypassFinding(prefix, name, rules, environment.value),
    ];
    if (contributors && history.value) {
        findings.push(...historyFindings(prefix, contributors, history.value.to, since, run));
    }
    return findings;
}
function approvedFinding(prefix, name, rules, context, all, facts) {
    const own = all.filter(({ environments }) => environments.includes(name));
    const counted = new Set();
    const unknown = [];
    const rejected = [];
    for (const approval of own) {
        const login = approval.user.login ?? 'a deleted account';
        const verdict = approval.state === 'approved' ? judge(approval, rules, context, facts) : { no: approval.state };
        if ('no' in verdict) {
            rejected.push(`${login} (${verdict.no})`);
        }
        else if ('unknown' in verdict) {
            unknown.push(`${login} (${verdict.unknown})`);
        }
        else {
            counted.add(login.toLowerCase());
        }
    }
    const vetoed = own.some(({ state }) => state === 'rejected');
    const enough = counted.size >= rules.approvals && !vetoed;
    const perhaps = !vetoed && counted.size + unknown.length >= rules.approvals;
    const found = [
        counted.size === 0 ? 'none counts' : `approved by ${[...counted].join(', ')}`,
        ...(rejected.length > 0 ? [`not counted: ${rejected.join(', ')}`] : []),
        ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
    ].join('; ');
    const who = rules.reviewers?.join(' or ') ?? '';
    const requirement = `${name} is approved by ${rules.approvals} of ${who}`;
    return (0,finding/* finding */.gk)(`${prefix}.approvals`, requirement, enough ? 'pass' : perhaps ? 'unknown' : 'fail', {
        by: [...counted].join(', '),
        found,
        next: `Ask one of ${who}, who contributed nothing since ${context.since}, to approve a new run.`,
    });
}
function judge({ user, permission }, rules, context, facts) {
    const { login } = user;
    if (login === undefined) {
        return { no: 'the account is gone' };
    }
    if (user.type !== 'User') {
        return user.type === 'unknown' ? { unknown: 'person or bot' } : { no: 'not a person' };
    }
    const { run, environment, contributors, since } = context;
    if (contributors) {
        if ((0,people_login/* sameLogin */.Up)(login, run.actor.login) || (0,people_login/* sameLogin */.Up)(login, run.triggeringActor?.login)) {
            return { no: 'started the run' };
        }
        if (contributors.rolesOf(login).length > 0) {
            return { no: `${contributors.describe(login)}, since ${since}` };
        }
    }
    const listed = isReviewer(login, rules.reviewers ?? [], facts);
    // An administrator who bypasses the protection is no reviewer of the environment.
    const configured = isReviewer(login, environment.reviewers.map((reviewer) => reviewer.name), facts);
    if (listed === false || configured === false) {
        return {
            no: listed === false ? 'no reviewer in the policy' : `no reviewer in the environment's settings`,
        };
    }
    if (permission === 'none') {
        return { no: 'no access to the repository' };
    }
    if (listed === undefined || configured === undefined || permission === undefined) {
        return { unknown: permission === undefined ? 'permission' : 'team' };
    }
    return { yes: true };
}
/** Logins, and teams with a slash. */
function isReviewer(login, reviewers, facts) {
    if (reviewers.some((name) => !name.includes('/') && (0,people_login/* sameLogin */.Up)(name, login))) {
        return true;
    }
    const teams = reviewers.filter((name) => name.includes('/'));
    return teams.length === 0 ? false : (0,membership/* memberOf */.C)(teams, facts)(login);
}
function bypassFinding(prefix, name, rules, { adminsCanBypass }) {
    const allowed = rules['admin-bypass'] === 'allow' || !adminsCanBypass;
    return (0,finding/* finding */.gk)(`${prefix}.admin-bypass`, `Administrators cannot bypass the protection of ${name}`, allowed ? 'pass' : 'fail', {
        found: adminsCanBypass ? 'they can' : 'they cannot',
        next: `Clear "Allow administrators to bypass" in the settings of the environment ${name}, or run the mode provision.`,
    });
}
function historyFindings(prefix, { strangers }, to, since, run) {
    return [
        (0,finding/* finding */.gk)(`${prefix}.history`, 'The history is that of the released commit', to === run.sha ? 'pass' : 'fail', {
            found: to === run.sha
                ? `since ${since}`
                : `it is that of ${to.slice(0, 7)}, the run is of ${run.sha.slice(0, 7)}`,
            next: 'Run the gate on the commit that is released.',
        }),
        (0,finding/* finding */.gk)(`${prefix}.contributors`, `Everybody who contributed since ${since} is known`, strangers.length === 0 ? 'pass' : 'unknown', {
            found: strangers.length === 0 ? 'all have accounts' : `no account for ${strangers.slice(0, 5).join(', ')}`,
            next: 'Add the address to the account on GitHub, or say whose it is under people in the policy.',
        }),
    ];
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/integrity-rules.js



/** The fact of this kind holds. */
function single(facts, kind, requirement, next) {
    const all = (0,facts_facts/* factsOf */.x)(facts, kind);
    const status = (0,finding/* worst */.QZ)(all.map((fact) => fact.status));
    const found = all
        .map((fact) => fact.detail ?? (fact.kind === 'disk' ? `sha256:${fact.value?.sha256.slice(0, 12)}…` : 'holds'))
        .join('; ');
    return (0,finding/* finding */.gk)(`release.${kind}`, requirement, status, {
        found: found || `no fact about it (${kind})`,
        next,
    });
}
/** Everything else is asked only of a folder that can be read. */
function imageFinding(facts) {
    return single(facts, 'image', 'The image folder is complete and readable', 'Get the image folder again, or build it again.');
}
/** The disk is the one that the folder describes, every listed file is unchanged, and the signatures asked for cover it. */
function integrityFindings(release, facts) {
    const signatures = release.signatures.map((method) => {
        const all = (0,facts_facts/* factsOf */.x)(facts, 'signature').filter((fact) => fact.value.method === method);
        return (0,finding/* finding */.gk)(`release.signature.${method}`, `A ${method} signature by a trusted key covers the disk`, (0,finding/* worst */.QZ)(all.map((fact) => fact.status)), {
            by: all[0]?.by,
            found: all.map((fact) => fact.detail ?? 'holds').join('; ') || 'no fact about it (signature)',
            next: `Sign the image with sign-image (method for ${method}), and pass the key in public-key.`,
        });
    });
    const others = src_proof/* methods */.v
        .filter((method) => !release.signatures.includes(method))
        .flatMap((method) => {
        const all = (0,facts_facts/* factsOf */.x)(facts, 'signature').filter((fact) => fact.value.method === method);
        const wrong = all.find((fact) => fact.status === 'fail');
        if (all.length > 0 && !wrong) {
            return [];
        }
        return [
            (0,finding/* finding */.gk)(`release.signature.${method}`, `No ${method} signature is wrong`, wrong ? 'fail' : 'unknown', {
                found: wrong?.detail ?? 'no fact about it (signature)',
                next: 'Find out who changed it, then sign again.',
            }),
        ];
    });
    return [
        single(facts, 'disk', 'The disk is the one that the folder describes', 'Something changed the disk after it was built: run the steps again.'),
        single(facts, 'checksums', 'Every file is as the signed lists say', 'Something changed after signing: sign again, after finding out what.'),
        ...signatures,
        ...others,
    ];
}
function chainFinding(release, facts) {
    const chains = (0,facts_facts/* factsOf */.x)(facts, 'chain');
    const disks = (0,facts_facts/* factsOf */.x)(facts, 'disk').map((fact) => fact.value?.sha256);
    const status = (0,finding/* worst */.QZ)(chains.map((fact) => fact.status));
    const open = release.origin === 'medium' && chains.some((fact) => fact.value?.origin !== 'medium');
    const elsewhere = chains.some((fact) => !disks.includes(fact.value?.digests.at(-1)) || fact.value === undefined);
    const where = release.origin === 'medium' ? 'the verified medium' : 'the first evidence';
    const found = [
        ...chains.flatMap((fact) => fact.detail ?? []),
        ...(open ? ['no statement says from which medium the image was built'] : []),
        ...(elsewhere ? ['the chain does not end at this disk'] : []),
    ];
    const holds = `${chains[0]?.value?.digests.length ?? 0} states, from ${where} to the disk`;
    const judged = status === 'pass' && (open || elsewhere) ? 'fail' : status;
    return (0,finding/* finding */.gk)('release.chain', `The chain of digests is complete from ${where} to the disk`, judged, {
        found: chains.length === 0 ? 'no fact about it (chain)' : found.join('; ') || holds,
        next: 'Run the steps from the one that is missing again, in order, on the same image folder.',
    });
}

// EXTERNAL MODULE: ./build/packages/policy/src/policy/policy-schema.js + 1 modules
var policy_schema = __webpack_require__(5432);
;// CONCATENATED MODULE: ./build/packages/policy/src/release/statement-lookup.js


/** Signed statements of a type that are about this image: test results about the disk as it is, others about any state of the chain. */
function aboutDisk(facts, type) {
    const disks = (0,facts_facts/* factsOf */.x)(facts, 'disk').flatMap((fact) => fact.status === 'pass' && fact.value ? [fact.value.sha256] : []);
    const chain = (0,facts_facts/* factsOf */.x)(facts, 'chain').flatMap((fact) => fact.status === 'pass' ? (fact.value?.digests ?? []) : []);
    const wanted = type === src_statement/* predicateTypes */.ZR.testResult ? disks : [...disks, ...chain];
    return (0,facts_facts/* factsOf */.x)(facts, 'statement').filter((fact) => fact.status === 'pass' &&
        fact.value?.predicateType === type &&
        fact.value.subjects.some((digest) => wanted.includes(digest)));
}
/** The newest; one without a time counts as the newest of all, and of two at one time the failing one. */
function newestOf(statements) {
    const time = (fact) => fact.value.finishedOn === undefined ? Number.POSITIVE_INFINITY : Date.parse(fact.value.finishedOn);
    const failing = (fact) => (fact.value.result === 'PASSED' ? 0 : 1);
    return [...statements].sort((a, b) => time(b) - time(a) || failing(b) - failing(a) || (a.name < b.name ? -1 : 1))[0];
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/statement-rules.js





/** All statements that lie in the folder are known and signed, and none says that this disk failed. */
function statementFindings(facts) {
    const inventories = (0,facts_facts/* factsOf */.x)(facts, 'inventory');
    const statements = (0,facts_facts/* factsOf */.x)(facts, 'statement');
    const missing = inventories
        .flatMap((fact) => fact.value ?? [])
        .filter((name) => !statements.some((fact) => fact.name === name));
    const status = (0,finding/* worst */.QZ)(inventories.map((fact) => fact.status));
    const bad = statements.filter((fact) => fact.status !== 'pass');
    return [
        (0,finding/* finding */.gk)('release.inventory', 'All statements of the folder are known', missing.length > 0 ? 'unknown' : status, {
            found: missing.length > 0
                ? `nothing is known about ${missing.join(', ')}`
                : inventories.map((fact) => fact.detail ?? `${fact.value?.length ?? 0} statements`).join('; ') ||
                    'no fact about it (inventory)',
            next: 'Run the gate on the whole image folder.',
        }),
        (0,finding/* finding */.gk)('release.statements', 'Every statement is signed by a trusted key', statements.length === 0 ? 'fail' : (0,finding/* worst */.QZ)(statements.map((fact) => fact.status)), {
            by: statements.find((fact) => fact.status === 'pass')?.by,
            found: bad.map((fact) => fact.detail ?? `${fact.name}: ${fact.status}`).join('; ') ||
                `${statements.length} signed statements`,
            next: 'Run sign-image after the last step that writes evidence, and pass its public key.',
        }),
        ...failedSuites(facts),
    ];
}
/** A suite whose newest result about this disk is a failure, also when the policy does not ask for the suite. */
function failedSuites(facts) {
    const tests = aboutDisk(facts, src_statement/* predicateTypes */.ZR.testResult);
    const suites = [...new Set(tests.map((fact) => fact.value.suite ?? '(unnamed)'))].sort();
    return suites.flatMap((suite) => {
        const newest = newestOf(tests.filter((fact) => (fact.value.suite ?? '(unnamed)') === suite));
        if (newest?.value.result !== 'FAILED') {
            return [];
        }
        return [
            (0,finding/* finding */.gk)(`release.${suite}.failed`, `No result says that ${suite} failed`, 'fail', {
                by: newest.by,
                found: `${newest.name} says FAILED`,
                next: `Read the report of ${suite}, put right what it found, and run it again.`,
            }),
        ];
    });
}
/** A statement of this type (and suite) is there, about this image, with the result, age and score asked for. */
function requirementFindings(requirement, facts) {
    const type = policy_schema/* predicateNames */.Wn[requirement.predicate] ?? requirement.predicate;
    const label = requirement.suite ?? requirement.predicate;
    const rule = `release.${label}`;
    const candidates = aboutDisk(facts, type).filter((fact) => requirement.suite === undefined || fact.value.suite === requirement.suite);
    const newest = newestOf(candidates);
    if (!newest) {
        return [
            (0,finding/* finding */.gk)(rule, `A signed ${label} statement about this image`, 'fail', {
                found: 'there is none',
                next: `Run the step that writes it, and sign again.`,
            }),
        ];
    }
    const by = newest.by;
    const findings = [
        (0,finding/* finding */.gk)(rule, `A signed ${label} statement about this image`, 'pass', {
            by,
            found: newest.name,
            next: '',
        }),
    ];
    if (type === src_statement/* predicateTypes */.ZR.testResult) {
        findings.push(resultFinding(rule, label, requirement, newest));
    }
    if (requirement['min-score'] !== undefined) {
        const { score } = newest.value;
        const least = requirement['min-score'];
        const status = score === undefined ? 'unknown' : score >= least ? 'pass' : 'fail';
        findings.push((0,finding/* finding */.gk)(`${rule}.min-score`, `${label} scores at least ${least} %`, status, {
            by,
            found: score === undefined ? `${newest.name} names no score` : `${score.toFixed(1)} %`,
            next: `Read the findings of ${label}: put them right, or waive them with owner, reason and expiry date.`,
        }));
    }
    if (requirement['max-age'] !== undefined) {
        findings.push(ageFinding(rule, label, requirement['max-age'], newest, facts.time));
    }
    return findings;
}
/**
 * A suite that is judged by its score may have findings; one that is judged by its result may not have a failed case,
 * whatever it says of itself. No case run is never a pass.
 */
function resultFinding(rule, label, requirement, fact) {
    const { result, cases } = fact.value;
    const scored = requirement['min-score'] !== undefined;
    const wanted = requirement.result ?? (scored ? 'WARNED' : 'PASSED');
    const accepted = wanted === 'PASSED' ? ['PASSED'] : ['PASSED', 'WARNED'];
    const ran = cases !== undefined && cases.passed + cases.warned > 0;
    const contradicts = !scored && cases !== undefined && cases.failed > 0;
    const good = result !== undefined && accepted.includes(result) && ran && !contradicts;
    const counts = cases
        ? `${cases.passed} passed, ${cases.warned} warned, ${cases.failed} failed`
        : 'no cases counted';
    const status = result === undefined ? 'unknown' : good ? 'pass' : 'fail';
    return (0,finding/* finding */.gk)(`${rule}.result`, `${label} says ${accepted.join(' or ')}`, status, {
        by: fact.by,
        found: `${fact.name} says ${result ?? 'nothing'} (${counts})`,
        next: `Read the report of ${label}, put right what failed, and run it again.`,
    });
}
/** Statements from the future are as wrong as old ones; clocks may differ by this much, in seconds. */
const CLOCK_SKEW = 300;
function ageFinding(rule, label, limit, fact, now) {
    const { finishedOn } = fact.value;
    const age = finishedOn === undefined ? undefined : (Date.parse(now) - Date.parse(finishedOn)) / 1000;
    const status = age === undefined ? 'unknown' : age <= limit && age >= -CLOCK_SKEW ? 'pass' : 'fail';
    const found = age === undefined
        ? `${fact.name} names no time`
        : age < -CLOCK_SKEW
            ? `it is dated ${finishedOn}, in the future`
            : `${days(age)} old`;
    return (0,finding/* finding */.gk)(`${rule}.max-age`, `${label} is at most ${days(limit)} old`, status, {
        by: fact.by,
        found,
        next: `Run ${label} again, and sign again.`,
    });
}
function days(seconds) {
    const units = [
        [86_400, 'd'],
        [3_600, 'h'],
        [60, 'min'],
    ];
    const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, 's'];
    return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/decide-release.js





/** Decides on a release: a pure function of policy and facts, time included. Whatever is unknown refuses. */
function decideRelease(policy, facts) {
    const findings = [...imageFindings(policy.release, facts), ...environmentFindings(policy, facts)];
    const exceptions = policy.exceptions ?? [];
    return (0,decision/* conclude */.E)(findings.map((finding) => (0,decision_exceptions/* withException */.a)(finding, exceptions, facts.time)));
}
/** Of a folder that could not be read nothing else is known: to say so once for each requirement hides the reason. */
function imageFindings(release, facts) {
    const image = imageFinding(facts);
    return image.status === 'met'
        ? [
            image,
            ...integrityFindings(release, facts),
            chainFinding(release, facts),
            ...statementFindings(facts),
            ...release.require.flatMap((requirement) => requirementFindings(requirement, facts)),
        ]
        : [image];
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/release-table.js

/** Reads the table from facts; what is not signed is not shown as a result. */
function releaseTable(facts) {
    const image = (0,facts_facts/* factsOf */.x)(facts, 'image')[0]?.value;
    const sha256 = (0,facts_facts/* factsOf */.x)(facts, 'disk')[0]?.value?.sha256;
    const newest = (suite) => (0,facts_facts/* factsOf */.x)(facts, 'statement')
        .filter((fact) => fact.status === 'pass' && fact.value?.suite === suite)
        .sort((a, b) => ((a.value?.finishedOn ?? '') < (b.value?.finishedOn ?? '') ? 1 : -1))[0]?.value;
    const score = newest('harden')?.score;
    const cases = newest('run-fvt')?.cases;
    const counts = cases && [
        `${cases.passed} passed`,
        `${cases.failed} failed`,
        ...(cases.warned > 0 ? [`${cases.warned} warned`] : []),
        ...(cases.skipped === undefined ? [] : [`${cases.skipped} skipped`]),
        ...(cases.notRun === undefined ? [] : [`${cases.notRun} not run`]),
    ];
    const signatures = (0,facts_facts/* factsOf */.x)(facts, 'signature')
        .filter((fact) => fact.status !== 'unknown' || !fact.detail?.startsWith('there is no'))
        .map((fact) => {
        // A key is named by its digest, an identity by itself.
        const kind = fact.by === undefined || fact.by.startsWith('sha256:') ? 'key' : 'keyless';
        const name = fact.value.method === 'sigstore' ? `sigstore (${kind})` : fact.value.method;
        return fact.status === 'pass' ? name : `${name}: ${fact.status === 'fail' ? 'wrong' : 'not checked'}`;
    });
    return {
        imageName: image ? `${image.name} ${image.version}` : '',
        digest: sha256 ? `sha256:${sha256}` : '',
        score: score === undefined ? '' : `${score.toFixed(1)} %`,
        cases: counts?.join(', ') ?? '',
        signatures: signatures.sort().join(', '),
    };
}

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
    return (0,src_statement/* createStatement */.Ay)({
        subject: { name: request.disk.name, digest: { sha256: request.disk.sha256 } },
        predicateType: src_statement/* predicateTypes */.ZR.verificationSummary,
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
    const statement = parse(statementSchema, Buffer.from(payload).toString('utf8'));
    if (statement.predicateType !== predicateTypes.verificationSummary) {
        throw vsa_invalid(`it is of the type ${statement.predicateType}`);
    }
    const summary = parse(summarySchema, JSON.stringify(statement.predicate));
    if (summary.verifier.id !== VERIFIER) {
        throw vsa_invalid(`it is by the verifier ${summary.verifier.id}`);
    }
    if (summary.verificationResult !== 'PASSED') {
        throw vsa_invalid(`its result is ${summary.verificationResult}`);
    }
    const subjects = statement.subject.map(({ digest }) => digest.sha256);
    if (!subjects.includes(sha256)) {
        throw new UserError(`The verification summary is about sha256:${subjects.join(', sha256:')}, not sha256:${sha256}`, {
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
        throw vsa_invalid('its content is not that of a verification summary', cause);
    }
}
function vsa_invalid(why, cause) {
    return new UserError(`The verification summary is not accepted: ${why}`, {
        code: 'invalid-summary',
        fix: 'Pass the vsa.intoto.sigstore.json that gate-approval wrote after an approval, with signing set.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/release.js












/**
 * Decides on the release of an image and writes `facts.json`, `report.md` and, after an approval, the verification
 * summary. What an earlier run wrote there is replaced, so that no old approval stays.
 *
 * @param report the text of `report.md`
 * @throws UserError `invalid-policy`, `policy-incomplete`, `policy-not-found`, `invalid-facts`
 */
async function decideOnRelease(request, report, ports) {
    const policyText = await (0,publish/* readInput */.R)(request.policy, 'policy');
    const policy = (0,policy_file/* parsePolicy */.O)(policyText, external_node_path_.basename(request.policy));
    const { release } = policy;
    if (!release) {
        throw new errors/* UserError */.yo(`The policy ${request.policy} has no section release`, {
            code: 'policy-incomplete',
            fix: 'Say under `release: require:` which statements a release needs.',
        });
    }
    const isReplay = request.replay !== undefined;
    const facts = request.replay === undefined
        ? await collectReleaseFacts(request, policy, ports)
        : replayed(await (0,publish/* readInput */.R)(request.replay, 'facts'), request.replay);
    const decision = decideRelease({ ...policy, release }, facts);
    const result = { decision, facts, table: releaseTable(facts), replayed: isReplay };
    const files = await (0,publish/* publishDecision */.M)(request.output, facts, report(result), async (folder) => {
        const emits = release.emit === 'vsa' && decision.decision === 'approved' && !isReplay;
        return emits ? writeVsa(request, facts, policyText, folder) : undefined;
    });
    const vsa = files.more === undefined ? undefined : external_node_path_.join(request.output, files.more);
    return { ...result, files: { facts: files.facts, report: files.report, vsa } };
}
/** @throws UserError `invalid-facts` also for the facts of a merge */
function replayed(text, file) {
    const facts = (0,facts_facts/* parseFacts */.h)(text, file);
    if (facts.mode !== 'release') {
        throw new errors/* UserError */.yo(`${file} holds the facts of a ${facts.mode}, not of a release`, {
            code: 'invalid-facts',
            fix: `Replay them with mode: ${facts.mode}.`,
        });
    }
    return facts;
}
/** Writes the summary into `folder` and returns its name: an unsigned one is named so. */
async function writeVsa(request, facts, policyText, folder) {
    const image = (0,facts_facts/* factsOf */.x)(facts, 'image')[0]?.value;
    const sha256 = (0,facts_facts/* factsOf */.x)(facts, 'disk')[0]?.value?.sha256;
    if (!image || !sha256) {
        throw new errors/* UserError */.yo('An approval without an image', { code: 'no-image' });
    }
    const statement = verificationSummary({
        disk: { name: image.disk, sha256 },
        resourceUri: `pkg:generic/${encodeURIComponent(image.name)}@${encodeURIComponent(image.version)}`,
        policy: { uri: external_node_path_.basename(request.policy), sha256: digest(policyText) },
        inputs: await bundles(external_node_path_.join(request.image, 'signatures')),
        timeVerified: facts.time,
        hasProvenance: (0,facts_facts/* factsOf */.x)(facts, 'statement').some((fact) => fact.value?.predicateType.startsWith('https://slsa.dev/provenance/') ?? false),
    });
    const text = (0,canonical_json/* stableJson */._)(statement);
    if (!request.signer) {
        await (0,promises_.writeFile)(external_node_path_.join(folder, 'vsa.unsigned.json'), text);
        return 'vsa.unsigned.json';
    }
    const name = 'vsa.intoto.sigstore.json';
    await (0,promises_.writeFile)(external_node_path_.join(folder, name), await signStatementBundle(request.signer, Buffer.from(text)));
    return name;
}
async function bundles(folder) {
    const names = (await (0,promises_.readdir)(folder)).filter((name) => name.endsWith('.intoto.sigstore.json')).sort();
    return Promise.all(names.map(async (name) => ({
        uri: `signatures/${name}`,
        sha256: digest(await (0,promises_.readFile)(external_node_path_.join(folder, name))),
    })));
}
function digest(data) {
    return (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex');
}

// EXTERNAL MODULE: ./build/packages/policy/src/policy/teams.js
var policy_teams = __webpack_require__(2323);
// EXTERNAL MODULE: ./build/actions/gate-approval/src/connection.js + 3 modules
var connection = __webpack_require__(4244);
;// CONCATENATED MODULE: ./build/packages/evidence/src/key-material.js




/** Key files are small; anything larger is a mistake. */
const MAX_BYTES = 1024 * 1024;
/**
 * The text of a key that is given as its armored text or as the path of a file that holds it.
 *
 * @throws UserError `key-not-found` when it is neither; the value is not shown: it may be a damaged key
 */
async function keyMaterial(value, input) {
    if (value.includes('-----BEGIN ') || value.includes('untrusted comment: ')) {
        return value;
    }
    const oneLine = !value.includes('\n') && value.length < 4096;
    const found = oneLine ? await (0,promises_.stat)(value).catch(() => undefined) : undefined;
    if (!found?.isFile() || found.size > MAX_BYTES) {
        throw new errors/* UserError */.yo(`${input} is neither an armored key nor the path of a key file`, {
            code: 'key-not-found',
            fix: `Pass the whole text of the key, from -----BEGIN to -----END, from a secret; or the path of a file that this job can read.`,
        });
    }
    return (0,promises_.readFile)(value, 'utf8');
}
/** The public keys in a text that holds a PEM block, an OpenPGP block and a minisign key, or some of them. */
function splitPublicKeys(text) {
    const block = (label) => new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`).exec(text)?.[0];
    return {
        pem: block('PUBLIC KEY') ?? block('RSA PUBLIC KEY'),
        openpgp: block('PGP PUBLIC KEY BLOCK'),
        minisign: /^untrusted comment: [^\n]*\nRW[A-Za-z0-9+/]{54}$/m.exec(text)?.[0],
    };
}
/**
 * The keys in such a text, read.
 *
 * @throws UserError `invalid-key` when there is none, or one that cannot be read
 */
function readTrustedKeys(text, input) {
    const keys = splitPublicKeys(text);
    if (!keys.pem && !keys.openpgp && !keys.minisign) {
        throw new errors/* UserError */.yo(`${input} holds no public key`, {
            code: 'invalid-key',
            fix: 'Pass a PEM public key, an OpenPGP public key block, a minisign public key, or several of them.',
        });
    }
    return {
        publicKey: keys.pem ? readPublicKey(keys.pem) : undefined,
        openpgpKey: keys.openpgp,
        minisignKey: keys.minisign ? readMinisignPublicKey(keys.minisign) : undefined,
    };
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/identity.js

/**
 * An identity that is given exactly, or as a regular expression between slashes, which must match the whole name.
 *
 * @throws UserError `invalid-identity`
 */
function trustedIdentity(subject, issuer, roots) {
    const [, pattern] = /^\/(.+)\/$/s.exec(subject) ?? [];
    if (pattern === undefined) {
        return { subject, matches: (found) => found === subject, issuer, roots };
    }
    try {
        const whole = new RegExp(`^(?:${pattern})$`);
        return { subject, matches: (found) => whole.test(found), issuer, roots };
    }
    catch (cause) {
        throw new errors/* UserError */.yo(`The identity ${subject} is not a regular expression`, {
            code: 'invalid-identity',
            fix: 'Pass the exact identity (the workflow URL with its ref), or a valid regular expression between slashes.',
            cause,
        });
    }
}

// EXTERNAL MODULE: ./node_modules/@sigstore/protobuf-specs/dist/index.js
var protobuf_specs_dist = __webpack_require__(9654);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/trusted-root.js


const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.trustedroot(\.v0\.[12]\+json|\+json;version=0\.1)$/;
/**
 * Reads a sigstore trusted root (JSON), or several of them, one a line, as `gh attestation trusted-root` prints them.
 *
 * @throws UserError `invalid-trusted-root`
 */
function readTrustedRoots(text) {
    const documents = parseDocuments(text);
    if (documents.length === 0) {
        throw trusted_root_invalid('it is empty');
    }
    return documents.map((document) => {
        let root;
        try {
            root = protobuf_specs_dist.TrustedRoot.fromJSON(document);
        }
        catch (cause) {
            throw trusted_root_invalid('it is not a sigstore trusted root', cause);
        }
        if (!MEDIA_TYPE.test(root.mediaType)) {
            throw trusted_root_invalid(`its media type is ${JSON.stringify(root.mediaType)}`);
        }
        if (root.certificateAuthorities.length + root.timestampAuthorities.length === 0) {
            throw trusted_root_invalid('it trusts no certificate authority and no timestamp authority');
        }
        return root;
    });
}
/** The text that `readTrustedRoots` reads again, without what cosign 2.5 does not know and therefore refuses. */
function formatTrustedRoots(roots) {
    const known = roots.map((root) => ({
        ...root,
        tlogs: root.tlogs.map(withoutOperator),
        ctlogs: root.ctlogs.map(withoutOperator),
        certificateAuthorities: root.certificateAuthorities.map(withoutOperator),
        timestampAuthorities: root.timestampAuthorities.map(withoutOperator),
    }));
    return known.map((root) => `${JSON.stringify(TrustedRoot.toJSON(root))}\n`).join('');
}
/** Empty fields are left out of the JSON form. */
function withoutOperator(instance) {
    return { ...instance, operator: '' };
}
/**
 * The trusted root of the public good instance, through its TUF repository; the one thing here that is fetched.
 *
 * @throws UserError `trusted-root-unavailable`
 */
async function fetchTrustedRoots(ports) {
    ports.log.info('Fetch the trusted root of the public good sigstore instance (TUF)');
    // Loaded only when it is needed: an action starts faster without it.
    const { getTrustedRoot } = await __webpack_require__.e(/* import() */ 694).then(__webpack_require__.t.bind(__webpack_require__, 4423, 19));
    try {
        return [await (0,staging/* withTemporaryFolder */.EX)('tuf', (cachePath) => getTrustedRoot({ cachePath, timeout: 20_000 }))];
    }
    catch (cause) {
        throw new errors/* UserError */.yo('The trusted root of the public good sigstore instance cannot be fetched', {
            code: 'trusted-root-unavailable',
            fix: 'Pass trusted-root: the path of a trusted_root.json, as `cosign trusted-root create` or `gh attestation trusted-root` make it.',
            cause,
        });
    }
}
/** One JSON document, or one a line. */
function parseDocuments(text) {
    try {
        return [JSON.parse(text)];
    }
    catch {
        try {
            return text
                .split('\n')
                .filter((line) => line.trim() !== '')
                .map((line) => JSON.parse(line));
        }
        catch (cause) {
            throw trusted_root_invalid('it is not JSON', cause);
        }
    }
}
function trusted_root_invalid(reason, cause) {
    return new errors/* UserError */.yo(`The trusted root cannot be used: ${reason}`, {
        code: 'invalid-trusted-root',
        fix: 'Pass the path of a trusted_root.json, as `cosign trusted-root create` or `gh attestation trusted-root` make it.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/trust.js





/** Trusted roots and signing configs are small. */
const trust_MAX_BYTES = 4 * 1024 * 1024;
/**
 * The keys, the identity and the roots; nothing where nothing is given.
 *
 * @throws UserError those of the readers
 */
async function readTrust(given, ports) {
    const { publicKey, identity, issuer } = given;
    const keys = publicKey
        ? readTrustedKeys(await keyMaterial(publicKey, 'public-key'), 'public-key')
        : undefined;
    const trustedRoots = await givenRoots(given.trustedRoot);
    return {
        ...keys,
        trustedRoots,
        identity: identity
            ? trustedIdentity(identity, issuer, trustedRoots ?? (await fetchTrustedRoots(ports)))
            : undefined,
    };
}
/**
 * The trusted roots in a file, or in the value itself.
 *
 * @throws UserError `file-not-found`, `invalid-trusted-root`
 */
async function givenRoots(value) {
    return value ? readTrustedRoots(await textOrFile(value, 'trusted-root')) : undefined;
}
/**
 * The content of the file that the value names, or the value itself when it is such content (of several lines, JSON or a
 * name).
 *
 * @throws UserError `file-not-found` for what looks like a path
 */
async function textOrFile(value, input) {
    const content = value.includes('\n') || value.includes('=') || /^\s*\{/.test(value);
    const found = content ? undefined : await (0,promises_.stat)(value).catch(() => undefined);
    if (found?.isFile() && found.size <= trust_MAX_BYTES) {
        return (0,promises_.readFile)(value, 'utf8');
    }
    if (!content && /[/.]/.test(value)) {
        throw new errors/* UserError */.yo(`${input} names ${value}, which is not a readable file of less than 4 MiB`, {
            code: 'file-not-found',
            fix: `Check the path in ${input}, and that an earlier step of this job wrote it.`,
        });
    }
    return value;
}

;// CONCATENATED MODULE: ./build/actions/gate-approval/src/keys.js

/** The keys and the identity that are trusted; without any nothing is, and the decision says so. */
function trustedKeys(inputs, ports) {
    const { 'public-key': publicKey, identity, issuer, 'trusted-root': trustedRoot } = inputs;
    return readTrust({ publicKey, identity, issuer, trustedRoot }, ports);
}
/** Who signs the verification summary. */
async function summarySigner(inputs, ports) {
    if (!inputs.signing) {
        return undefined;
    }
    const pem = await keyMaterial(inputs.signing, 'signing');
    ports.log.mask(pem);
    return keySigner(readPrivateKey(pem, inputs['signing-passphrase']), ports);
}

// EXTERNAL MODULE: ./build/packages/action-kit/src/markdown.js
var markdown = __webpack_require__(9830);
// EXTERNAL MODULE: ./build/actions/gate-approval/src/requirements.js
var requirements = __webpack_require__(9291);
;// CONCATENATED MODULE: ./build/actions/gate-approval/src/summary.js


const SECTIONS = [
    { title: 'Approval', has: ({ rule }) => rule.startsWith('release.environment') },
    { title: 'Image and evidence', has: () => true },
];
/** Reads like a review: the decision, what the image is, each requirement with who vouches for it, what to do next. */
function releaseSummary(outcome) {
    const { decision, facts, table: release, replayed } = outcome;
    const approved = decision.decision === 'approved';
    return [
        `## Release ${approved ? 'approved' : 'refused'}: ${(0,markdown/* escapeMarkdown */.FV)(release.imageName || 'unknown image')}`,
        '',
        ...(replayed ? [`A replay of facts of ${(0,markdown/* escapeMarkdown */.FV)(facts.time)}: it decides nothing.`, ''] : []),
        (0,markdown/* table */.tp)(['Image', (0,markdown/* escapeMarkdown */.FV)(release.imageName || 'not known')], [
            ['Digest', (0,markdown/* code */.aY)(release.digest || 'not known')],
            ['Hardening score', (0,markdown/* escapeMarkdown */.FV)(release.score || 'not known')],
            ['Cases', (0,markdown/* escapeMarkdown */.FV)(release.cases || 'not known')],
            ['Signatures', (0,markdown/* escapeMarkdown */.FV)(release.signatures || 'none')],
            ['Decision', `**${decision.decision}**`],
        ]),
        '',
        (0,requirements/* countOfMet */.t8)(decision),
        '',
        ...(0,requirements/* nextSteps */.Zn)(decision),
        ...(0,requirements/* requirementSections */.Uv)(decision.findings, SECTIONS),
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/actions/gate-approval/src/release.js








/** Decides whether an image may be released. */
async function runRelease(inputs, ports) {
    if (!inputs.image && !inputs.facts) {
        throw new errors/* UserError */.yo('The mode release needs the input image', {
            code: 'invalid-input',
            fix: 'Pass the signed image folder, or facts to replay.',
        });
    }
    await ports.tools.ensure(SIGNING_TOOLS);
    const temporary = external_node_path_.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
    const outcome = await decideOnRelease({
        image: inputs.image ?? '',
        policy: inputs.policy,
        replay: inputs.facts,
        environment: inputs.environment,
        deployment: await deployment(inputs, ports),
        output: inputs.image && !inputs.facts ? external_node_path_.join(inputs.image, 'release') : temporary,
        signer: await summarySigner(inputs, ports),
        ...(await trustedKeys(inputs, ports)),
    }, releaseSummary, ports);
    const { decision, table, files } = outcome;
    return {
        outputs: {
            decision: decision.decision,
            reasons: JSON.stringify(decision.reasons),
            report: files.report,
            facts: files.facts,
            vsa: files.vsa,
            'image-name': table.imageName,
            digest: table.digest,
            score: table.score,
            cases: table.cases,
            signatures: table.signatures,
            'audit-sarif': undefined,
        },
        summary: releaseSummary(outcome),
        ...(decision.decision === 'refused' ? { failure: `Refused: ${decision.reasons.join('; ')}.` } : {}),
    };
}
/** How to ask GitHub about the deployment; undefined outside GitHub and without an environment. */
async function deployment(inputs, ports) {
    const { environment } = inputs;
    const connected = environment === undefined ? undefined : await (0,connection/* connection */.FI)(inputs, ports);
    if (environment === undefined || !connected) {
        return undefined;
    }
    const { api, run } = connected;
    return (policy) => {
        const teams = (0,policy_teams/* environmentTeams */.I)(policy, environment);
        return collectDeploymentFacts({ context: run, environment, teams }, api, ports);
    };
}


/***/ }),

/***/ 5:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qo: () => (/* binding */ readEnvironment),
/* harmony export */   RJ: () => (/* binding */ readApprovals),
/* harmony export */   l9: () => (/* binding */ listBranchPolicies)
/* harmony export */ });
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3241);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5987);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5692);



/** A protected environment as it is configured now. */
async function readEnvironment(api, name, environment) {
    const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
    const { data } = await api.request(route, { ...name, environment_name: environment });
    const rules = (data.protection_rules ?? []);
    const required = rules.find((rule) => rule.type === 'required_reviewers');
    const policy = data.deployment_branch_policy;
    return {
        waitTimer: rules.find((rule) => rule.type === 'wait_timer')?.wait_timer ?? 0,
        reviewers: (required?.reviewers ?? []).map(({ type, reviewer }) => type === 'Team'
            ? { type: 'Team', name: `${name.owner}/${reviewer?.slug ?? ''}`.toLowerCase() }
            : { type: 'User', name: reviewer?.login ?? '' }),
        preventSelfReview: required?.prevent_self_review ?? false,
        // Not in GitHub's description, though GitHub sends it; true is GitHub's default.
        adminsCanBypass: data.can_admins_bypass ?? true,
        refPolicy: policy ? (policy.custom_branch_policies ? 'custom' : 'protected') : 'all',
        refs: policy?.custom_branch_policies ? await branchPolicies(api, name, environment) : [],
    };
}
async function branchPolicies(api, name, environment) {
    const listed = await listBranchPolicies(api, name, environment);
    return listed.map(({ pattern, type }) => ({ type, pattern }));
}
async function listBranchPolicies(api, name, environment) {
    const policies = [];
    const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';
    const pages = api.paginate.iterator(route, { ...name, environment_name: environment, per_page: _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K });
    for await (const { data } of pages) {
        for (const { id, name: pattern, type } of data) {
            policies.push({ id: id ?? 0, pattern: pattern ?? '', type: type ?? 'branch' });
        }
    }
    return policies;
}
/** Who approved or rejected the deployments of a run. */
async function readApprovals(api, name, runId) {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals';
    const { data } = await api.request(route, { ...name, run_id: runId });
    const permissionOf = (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionLookup */ .s)(api, name);
    const approvals = [];
    for (const { state, user, comment, environments } of data) {
        const person = (0,_people_js__WEBPACK_IMPORTED_MODULE_2__/* .personOf */ .Re)(user);
        approvals.push({
            state,
            user: person,
            environments: environments.flatMap((environment) => environment.name ?? []),
            ...(comment ? { comment } : {}),
            ...(person.login !== undefined && person.type === 'User'
                ? { permission: await permissionOf(person.login) }
                : {}),
        });
    }
    return approvals;
}


/***/ })

};
