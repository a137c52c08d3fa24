export const id = 483;
export const ids = [483];
export const modules = {

/***/ 70598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ requiredApproval)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(37370);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);




/**
 * What refuses every disk that gate-approval did not approve; undefined where no approval is required.
 *
 * @throws UserError `invalid-input`, `key-missing`, `invalid-key`, `not-approved` without a summary, and those of the key reader; the
 *   returned function `not-approved`
 */
async function requiredApproval(image, inputs, ports) {
    const { vsa, 'approval-key': key } = inputs;
    if (!inputs['require-approval']) {
        // Not ignored: who passes them believes that they are looked at.
        if (vsa || key) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('vsa and approval-key are for require-approval, which is false', {
                code: 'invalid-input',
                fix: 'Set require-approval: true, or leave them out.',
            });
        }
        return undefined;
    }
    if (!key) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('require-approval needs the input approval-key', {
            code: 'key-missing',
            fix: 'Pass the public key of the gate (of what its input signing holds), got from elsewhere than the image itself.',
        });
    }
    const { publicKey } = (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .readTrustedKeys */ .sr)(await (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .keyMaterial */ .vN)(key, 'approval-key'), 'approval-key');
    if (!publicKey) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('approval-key holds no PEM public key', {
            code: 'invalid-key',
            fix: 'The gate signs with a PEM key: pass its public half (`openssl pkey -in key.pem -pubout`).',
        });
    }
    const bundle = await summaryText(vsa ?? node_path__WEBPACK_IMPORTED_MODULE_1__.join(image.folder, 'release/vsa.intoto.sigstore.json'));
    const { checkApproval } = await __webpack_require__.e(/* import() */ 936).then(__webpack_require__.bind(__webpack_require__, 74936));
    return (sha256) => {
        const { name, version } = image;
        const now = ports.clock.now();
        checkApproval({ bundle, keys: [publicKey], disk: { sha256 }, image: name, version, now });
    };
}
async function summaryText(file) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8').catch((cause) => {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`There is no signed verification summary at ${file}: the image is not approved`, {
            code: 'not-approved',
            fix: 'Run gate-approval in release mode, with the input signing, on this image folder before.',
            cause,
        });
    });
}


/***/ }),

/***/ 2253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ methodNames),
/* harmony export */   D: () => (/* binding */ title)
/* harmony export */ });
/** For people: `debian-13 20261124`, or the disk's file name. */
function title({ name, version }) {
    return [name, version].filter(Boolean).join(' ');
}
/** `openpgp, sigstore (keyless)`. */
function methodNames(provenBy) {
    return provenBy
        .map(({ method, issuer }) => method === 'sigstore' ? `sigstore (${issuer === undefined ? 'key' : 'keyless'})` : method)
        .sort()
        .join(', ');
}


/***/ }),

/***/ 22288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ signSummary),
  p: () => (/* binding */ verifySummary)
});

;// CONCATENATED MODULE: ./build/packages/action-kit/src/markdown.js
/**
 * Escapes outside text for use inside a line of GitHub's Markdown: no markup, link, mention or HTML of it survives. Word
 * joiners part what would be a mention or a link, as they are no place to break the line.
 */
function escapeMarkdown(text) {
    return text
        .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*_{}[\]()#+\-!|~]/g, '\\$&')
        .replace(/@/g, '@\u2060')
        .replace(/:\/\//g, ':\u2060//');
}
/** Outside text as inline code; `<code>` rather than back ticks, so that no content can end it. */
function code(text) {
    const safe = text
        .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/\|/g, '&#124;')
        // Else GitHub would make a link of it, also inside.
        .replace(/:\/\//g, ':&#47;/');
    return `<code>${safe}</code>`;
}
function markdown_link(label, url) {
    return `[${escapeMarkdown(label)}](${encodeURI(url).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
/** A Markdown table; cells are Markdown already: escape outside text with `escapeMarkdown` or `code`. */
function table(head, rows) {
    const line = (cells) => `| ${cells.map((cell) => cell.replace(/\n/g, ' ')).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
/** `4.2 s`, `3 min 20 s`. */
function seconds(value) {
    if (value < 59.95) {
        return `${value.toFixed(1)} s`;
    }
    const whole = Math.round(value);
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// EXTERNAL MODULE: ./build/packages/evidence/src/release-statement.js
var release_statement = __webpack_require__(59868);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/actions/sign-image/src/signer-table.js


/** One row a signer: who it is, what they signed, with which kinds of signature, and, where it is proven, before when. */
function signerTable(checks) {
    const signed = checks.filter((check) => check.status === 'pass' && check.by !== undefined);
    const signers = [...Map.groupBy(signed, ({ by, issuer }) => `${issuer ?? ''} ${by}`).values()];
    if (signers.length === 0) {
        return 'No signature by anybody whom you trust holds.';
    }
    const dated = signed.some(({ at }) => at !== undefined);
    const head = ['signer', 'signed', 'with', ...(dated ? ['signed before (UTC)'] : [])];
    return table(head, signers.map((own) => [whose(own), things(own), kinds(own), ...(dated ? [latest(own)] : [])]));
}
/** How the kinds of checks are called among people. */
const WITH = {
    checksums: 'checksums',
    openpgp: 'OpenPGP',
    openssl: 'openssl',
    sigstore: 'sigstore',
    minisign: 'minisign',
    glance: 'Glance',
    statement: 'in-toto',
};
function whose([check]) {
    const { by = '', issuer, kind } = check ?? {};
    if (issuer !== undefined) {
        return `${code(by)}, says ${code(issuer)}`;
    }
    const sort = kind === 'openpgp' ? 'OpenPGP key' : kind === 'minisign' ? 'minisign key' : 'key';
    return `${sort} ${code(by.replace(/^minisign:/, ''))}`;
}
/** The files, each once, and the statements by name. */
function things(own) {
    const files = own.filter(({ kind }) => kind !== 'statement').map(({ subject }) => code(subject));
    const statements = own
        .filter(({ kind }) => kind === 'statement')
        .map(({ subject }) => code(external_node_path_.basename(subject, '.json')));
    const about = statements.length === 0 ? [] : [`the statements ${statements.join(', ')}`];
    return [...new Set(files), ...about].join(', ');
}
/** The time before which all was signed that has a proven time; with the kinds that have one, where others have none. */
function latest(own) {
    const dated = own.filter(({ at }) => at !== undefined);
    const [last] = dated
        .map(({ at = '' }) => at)
        .sort()
        .toReversed();
    if (last === undefined) {
        return '';
    }
    const time = last.slice(0, 19).replace('T', ' ');
    return dated.length === own.length ? time : `${time} (${kinds(dated)})`;
}
function kinds(own) {
    return escapeMarkdown([...new Set(own.map(({ kind }) => WITH[kind]))].join(', '));
}
/** What did not pass, one line a reason with all files that it holds for. */
function reasonLines(checks, status) {
    const own = checks.filter((check) => check.status === status);
    return [...Map.groupBy(own, ({ reason }) => reason ?? '')].map(([reason, files]) => `- ${escapeMarkdown(reason)}: ${files.map(({ file }) => code(file)).join(', ')}`);
}

;// CONCATENATED MODULE: ./build/actions/sign-image/src/summary.js



/** The job summary after signing. */
function signSummary(title, result, approved) {
    const uploaded = result.uploaded.map((url) => `- ${markdown_link(url, url)}`);
    return [
        `## ${escapeMarkdown(title)}: signed`,
        '',
        `SHA-256 of the disk: ${code(result.sha256)}.`,
        '',
        ...(approved ? ['Gate-approval approved this disk.', ''] : []),
        signerTable(result.checks),
        '',
        'Every signature was verified before it was published.',
        `The commands with which anyone verifies this image are in ${code('VERIFY.md')} beside it.`,
        '',
        ...(uploaded.length > 0 ? ['### Attestations on GitHub', '', ...uploaded, ''] : []),
        ...chainLines(result.chain),
        ...everyCheck(result.checks),
    ].join('\n');
}
/** The job summary of `verify`. */
function verifySummary(title, report, proof, problems) {
    const checks = [...report.checks, ...report.statements.map((entry) => entry.check)];
    const reasons = [...otherProblems(problems, checks), ...reasonLines(checks, 'fail')];
    const unchecked = reasonLines(checks, 'unknown');
    return [
        `## ${escapeMarkdown(title)}: ${problems.length === 0 ? 'proven' : 'not proven'}`,
        '',
        `SHA-256 of the disk: ${code(proof.sha256 ?? 'missing')}.`,
        '',
        ...(reasons.length > 0 ? ['### Why not', '', ...reasons, ''] : []),
        '### What is proven, and by whom',
        '',
        signerTable(checks),
        '',
        ...(unchecked.length > 0 ? ['### Not checked', '', ...unchecked, ''] : []),
        ...annotationLines(report),
        ...chainLines(proof.chain),
        ...everyCheck(checks, report),
    ].join('\n');
}
/** The problems that are not those of a check: each is a line of its own. */
function otherProblems(problems, checks) {
    const ofChecks = new Set(checks.map(({ file, reason }) => `${file}: ${reason}`));
    return problems
        .filter((problem) => !ofChecks.has(problem))
        .map((problem) => `- ${escapeMarkdown(problem)}`);
}
const SHOWN = { pass: '✅&nbsp;holds', fail: '❌&nbsp;fails', unknown: '❔&nbsp;not&nbsp;checked' };
/** All checks, one a row, folded away. */
function everyCheck(checks, report) {
    const rows = checks.map((check) => [
        SHOWN[check.status],
        [code(check.subject), predicateType(check, report)].filter(Boolean).join('<br>'),
        code(check.file),
    ]);
    return [
        '<details>',
        `<summary>All ${checks.length} checks</summary>`,
        '',
        table(['', 'what', 'by'], rows),
        '',
        '</details>',
        '',
    ];
}
function predicateType(check, report) {
    const entry = report?.statements.find((statement) => statement.check === check);
    return escapeMarkdown(entry?.statement?.predicateType ?? '');
}
/** What the signer says about the image beside the evidence. */
function annotationLines(report) {
    const found = report.statements.flatMap(({ statement }) => statement ? Object.entries((0,release_statement/* annotationsOf */.Ih)(statement)) : []);
    if (found.length === 0) {
        return [];
    }
    const rows = found.map(([name, value]) => [code(name), escapeMarkdown(value)]);
    return ['### Annotations', '', table(['name', 'value'], rows), ''];
}
function chainLines(chain) {
    if (chain.links.length === 0) {
        return [];
    }
    const rows = chain.links.map((entry) => [
        code(entry.artifact.name),
        code(entry.artifact.digest.sha256),
        entry.producedBy.map(code).join(', ') || 'not known',
        entry.about.map(code).join(', '),
    ]);
    return [
        '### Chain of evidence',
        '',
        table(['state', 'sha256', 'made, according to', 'also about it'], rows),
        '',
    ];
}


/***/ }),

/***/ 78545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eb: () => (/* binding */ verifyDigestBundle),
/* harmony export */   QN: () => (/* binding */ parseBundle),
/* harmony export */   X3: () => (/* binding */ verifyStatementBundle),
/* harmony export */   m0: () => (/* binding */ signDataBundle),
/* harmony export */   mS: () => (/* binding */ signDigestBundle),
/* harmony export */   xU: () => (/* binding */ signStatementBundle)
/* harmony export */ });
/* unused harmony exports INTOTO_PAYLOAD, preAuthEncoding */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);
/* harmony import */ var _sigstore_bundle__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61040);
/* harmony import */ var _file_signature_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(17216);
/* harmony import */ var _sigstore_verify_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56107);





/** Media type of in-toto statements in a DSSE envelope. */
const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';
/** A sigstore bundle v0.3 over a file, from its SHA-256 digest (hex). */
async function signDigestBundle(signer, sha256) {
    const digest = Buffer.from(sha256, 'hex');
    if (!signer.signDigest) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('Ed25519 keys sign data, not digests: no bundle over the file can be made', {
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
    const bundle = (0,_sigstore_bundle__WEBPACK_IMPORTED_MODULE_1__.toDSSEBundle)({
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
    return witnessed(signer, (0,_sigstore_bundle__WEBPACK_IMPORTED_MODULE_1__.toMessageSignatureBundle)({ digest, signature, ...by }));
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
    return `${JSON.stringify((0,_sigstore_bundle__WEBPACK_IMPORTED_MODULE_1__.bundleToJSON)(bundle))}\n`;
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The bundle is about sha256:${messageDigest.digest.toString('hex')}, the file is sha256:${sha256}`, {
            code: 'digest-mismatch',
            fix: 'The file or its bundle was changed: get both again from their source.',
        });
    }
    const signer = (0,_sigstore_verify_js__WEBPACK_IMPORTED_MODULE_3__/* .verifyBundleSigner */ .G)(bundle, trust);
    await (0,_file_signature_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyFileSignature */ .YP)(signature, sha256, signer.key, read, ports);
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
    const signer = (0,_sigstore_verify_js__WEBPACK_IMPORTED_MODULE_3__/* .verifyBundleSigner */ .G)(bundle, trust);
    const algorithm = signer.key.kind === 'ed25519' ? null : 'sha256';
    const encoded = preAuthEncoding(payloadType, payload);
    if (!(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(algorithm, encoded, signer.key.key, signature.sig)) {
        throw (0,_file_signature_js__WEBPACK_IMPORTED_MODULE_4__/* .signatureMismatch */ .LP)(signer.key);
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
        return (0,_sigstore_bundle__WEBPACK_IMPORTED_MODULE_1__.bundleFromJSON)(JSON.parse(text));
    }
    catch (cause) {
        throw invalidBundle('it is not a sigstore bundle', cause);
    }
}
function invalidBundle(reason, cause) {
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The bundle cannot be used: ${reason}`, {
        code: 'invalid-bundle',
        fix: 'Get the bundle again from its source, or sign the image again.',
        ...(cause === undefined ? {} : { cause }),
    });
}


/***/ }),

/***/ 67376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hm: () => (/* binding */ isExport),
/* harmony export */   be: () => (/* binding */ determineChain)
/* harmony export */ });
/* unused harmony exports startedFrom, produced */
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71684);

/**
 * What the statement's work started from: the medium of a build (`resolvedDependencies` entry named `medium`), the
 * `input` of a test or of hardening. A statement about its subject alone (SBOM) starts from it; a medium from nothing.
 */
function startedFrom(statement) {
    const { predicate, predicateType } = statement;
    switch (predicateType) {
        case _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.medium:
            return undefined;
        case _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.provenance: {
            const definition = record(predicate.buildDefinition);
            return (named(definition?.resolvedDependencies, 'medium') ?? named(definition?.resolvedDependencies, 'input'));
        }
        case _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.testResult:
            return named(predicate.configuration, 'input');
        default:
            return produced(statement)[0];
    }
}
/** What the statement is about: its subjects. */
function produced(statement) {
    return statement.subject.map(({ name, digest }) => ({ name, digest }));
}
/**
 * Walks from the image back to its origin: each digest must be the subject of the statement that made it, and what
 * that one started from must be the subject of an earlier one.
 *
 * A gap is: a build or hardening whose start nobody vouches for although its kind always has one, a statement that
 * names no start, two statements that disagree, or a statement about something that is neither part of the chain nor
 * its head in another format.
 */
function determineChain(statements, head) {
    const links = [];
    const gaps = [];
    const used = new Set();
    let current = head;
    let origin = 'open';
    let cameFrom;
    while (current) {
        const at = current;
        const here = statements.filter((entry) => concerns(entry.statement, at));
        const makers = here.filter((entry) => isMaker(entry.statement, at));
        const about = here.filter((entry) => !makers.includes(entry));
        for (const entry of here) {
            used.add(entry.name);
        }
        links.unshift({ artifact: at, producedBy: makers.map(nameOf), about: about.map(nameOf) });
        const sources = makers.map((entry) => startedFrom(entry.statement));
        const [source] = sources;
        const media = makers.filter((entry) => entry.statement.predicateType === _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.medium);
        if (new Set(sources.map((entry) => entry?.digest.sha256)).size > 1) {
            gaps.push(`${list(makers)} disagree about what ${show(at)} was made from`);
        }
        for (const entry of makers) {
            if (!media.includes(entry) && !startedFrom(entry.statement)) {
                gaps.push(`${entry.name} does not name the digest that it started from`);
            }
        }
        if (media.length > 0) {
            origin = 'medium';
        }
        if (makers.length === 0 && cameFrom?.statement.predicateType === _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.provenance) {
            gaps.push(`${cameFrom.name} started from ${show(at)}, but no statement is about that medium`);
        }
        if (source && links.some((link) => link.artifact.digest.sha256 === source.digest.sha256)) {
            gaps.push(`${list(makers)} go round in a circle at ${show(source)}`);
            break;
        }
        cameFrom = makers[0];
        current = source && { ...source, name: nameIn(statements, source) };
    }
    for (const entry of statements.filter(({ name }) => !used.has(name))) {
        if (!isExportOf(entry.statement, head)) {
            gaps.push(foreign(entry, links));
        }
    }
    return { links, origin, gaps };
}
/** The name under which a statement has the artifact as its subject; else the one it is referred to by. */
function nameIn(statements, artifact) {
    const subjects = statements.flatMap((entry) => produced(entry.statement));
    return subjects.find(({ digest }) => digest.sha256 === artifact.digest.sha256)?.name ?? artifact.name;
}
/** Says of a statement outside the chain what it is about, and what the chain has instead. */
function foreign(entry, links) {
    const subjects = produced(entry.statement).map(show).join(', ');
    const known = links.map((link) => show(link.artifact)).join(' → ');
    return `${entry.name} is about ${subjects}, which is not part of the chain ${known}`;
}
/** Whether the statement tells of an artifact written in other formats; its subjects are those. */
function isExport(statement) {
    return record(statement.predicate.buildDefinition)?.buildType === _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .EXPORT_BUILD_TYPE */ .r3;
}
function isExportOf(statement, artifact) {
    return isExport(statement) && startedFrom(statement)?.digest.sha256 === artifact.digest.sha256;
}
function concerns(statement, artifact) {
    return produced(statement).some(({ digest }) => digest.sha256 === artifact.digest.sha256);
}
/** Whether the statement tells how the artifact came to be (and is not only about it). */
function isMaker(statement, artifact) {
    const source = startedFrom(statement);
    if (!source) {
        return true;
    }
    return source.digest.sha256 !== artifact.digest.sha256;
}
/** The resource descriptor with this name, when it carries a SHA-256. */
function named(list, name) {
    if (!Array.isArray(list)) {
        return undefined;
    }
    for (const entry of list.map(record)) {
        const digest = record(entry?.digest);
        const sha256 = digest?.sha256;
        if (entry?.name === name && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)) {
            return { name, digest: { ...digest, sha256 } };
        }
    }
    return undefined;
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
function nameOf(entry) {
    return entry.name;
}
function list(entries) {
    return entries.map(nameOf).join(' and ');
}
function show(artifact) {
    return `${artifact.name} sha256:${artifact.digest.sha256.slice(0, 12)}…`;
}


/***/ }),

/***/ 51489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Yv: () => (/* binding */ listArtefacts),
/* harmony export */   lp: () => (/* binding */ checksumLists),
/* harmony export */   ss: () => (/* binding */ formatChecksums),
/* harmony export */   yk: () => (/* binding */ parseChecksums)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);



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
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${list} cannot be used: ${reason}`, {
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
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { recursive: true, withFileTypes: true });
    const names = [];
    for (const entry of entries) {
        const name = node_path__WEBPACK_IMPORTED_MODULE_1__.relative(folder, node_path__WEBPACK_IMPORTED_MODULE_1__.join(entry.parentPath, entry.name));
        const top = name.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep)[0] ?? name;
        // What begins with a dot at the top is a partial of a step that is being published, or a tool's own.
        if (UNSIGNED.has(top) || top.startsWith('.') || entry.isDirectory()) {
            continue;
        }
        if (!entry.isFile() || !isPlainName(name)) {
            const what = entry.isFile()
                ? 'has a name that a checksum list cannot carry'
                : 'is a link or a special file';
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${JSON.stringify(name)} in the image folder ${what}`, {
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


/***/ }),

/***/ 95397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ digestFolder)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(75919);
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

// EXTERNAL MODULE: ./build/packages/evidence/src/checksums.js
var checksums = __webpack_require__(51489);
;// CONCATENATED MODULE: ./build/packages/evidence/src/digest-folder.js



/**
 * Digests of the artefacts of an image folder; each file is read once.
 *
 * @throws UserError those of `digestBoundFile` and `listArtefacts`
 */
async function digestFolder(folder, ports, { blake2b = [], artefacts } = {}) {
    const digests = new Map();
    for (const name of artefacts ?? (await (0,checksums/* listArtefacts */.Yv)(folder))) {
        const extra = blake2b.includes(name) ? ['blake2b512'] : [];
        const { hex, bytes } = await digestBoundFile(external_node_path_.join(folder, name), ['sha256', 'sha512', ...extra], {
            signal: ports.signal,
            onBytes: (done) => ports.log.progress({ label: `Hash ${name}`, done, unit: 'bytes' }),
        });
        digests.set(name, { ...hex, bytes });
    }
    return digests;
}


/***/ }),

/***/ 17216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bj: () => (/* binding */ sha256Of),
/* harmony export */   LP: () => (/* binding */ signatureMismatch),
/* harmony export */   YP: () => (/* binding */ verifyFileSignature)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);
/* harmony import */ var _signer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35135);



/**
 * Checks a signature over a file, given the file's digest; `read` is used for Ed25519 only. The same as `openssl dgst -sha256 -verify` (Ed25519: `openssl pkeyutl -verify -rawin`) does.
 *
 * @throws UserError `signature-mismatch`
 */
async function verifyFileSignature(signature, sha256, key, read, ports) {
    const valid = key.kind === 'ed25519'
        ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(null, await read(), key.key, signature)
        : await (0,_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyDigestSignature */ .Ew)(key, Buffer.from(sha256, 'hex'), signature, ports);
    if (!valid) {
        throw signatureMismatch(key);
    }
}
function signatureMismatch(key) {
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The signature is not by the key sha256:${key.fingerprint}`, {
        code: 'signature-mismatch',
        fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
    });
}
/** SHA-256 of data in memory, hex. */
function sha256Of(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}


/***/ }),

/***/ 17337:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ verifyGlance),
/* harmony export */   y: () => (/* binding */ signGlance)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82151);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92857);
/* harmony import */ var _file_signature_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(17216);
/* harmony import */ var _signer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(35135);




/**
 * The image properties with which OpenStack Glance and Nova verify an image. Source: cursive, signature_utils.py: RSA is
 * PSS with the longest salt, of the curves only P-384 is both there and here; hence no P-256.
 * `img_signature_certificate_uuid` names a certificate in the cloud's key manager: whoever uploads the image adds it.
 */
const properties = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    img_signature: zod__WEBPACK_IMPORTED_MODULE_0__/* .base64 */ .K39(),
    img_signature_hash_method: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('SHA-256'),
    img_signature_key_type: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['RSA-PSS', 'ECC_SECP384R1']),
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Glance does not verify signatures of ${kind} keys`, {
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('These are not the signature properties of Glance', {
            code: 'invalid-properties',
            fix: 'Sign the image again.',
            cause,
        });
    }
    const pss = value.img_signature_key_type === 'RSA-PSS';
    const fits = key.kind === (pss ? 'rsa' : 'ec-p384');
    const signature = Buffer.from(value.img_signature, 'base64');
    const digest = Buffer.from(sha256, 'hex');
    if (!fits || !(await (0,_signer_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyDigestSignature */ .Ew)(key, digest, signature, ports, pss ? 'pss' : 'pkcs1'))) {
        throw (0,_file_signature_js__WEBPACK_IMPORTED_MODULE_3__/* .signatureMismatch */ .LP)(key);
    }
}


/***/ }),

/***/ 37370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sr: () => (/* binding */ readTrustedKeys),
/* harmony export */   vN: () => (/* binding */ keyMaterial)
/* harmony export */ });
/* unused harmony export splitPublicKeys */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82151);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68301);
/* harmony import */ var _minisign_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(64679);




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
    const found = oneLine ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(value).catch(() => undefined) : undefined;
    if (!found?.isFile() || found.size > MAX_BYTES) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${input} is neither an armored key nor the path of a key file`, {
            code: 'key-not-found',
            fix: `Pass the whole text of the key, from -----BEGIN to -----END, from a secret; or the path of a file that this job can read.`,
        });
    }
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(value, 'utf8');
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${input} holds no public key`, {
            code: 'invalid-key',
            fix: 'Pass a PEM public key, an OpenPGP public key block, a minisign public key, or several of them.',
        });
    }
    return {
        publicKey: keys.pem ? (0,_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .readPublicKey */ .RR)(keys.pem) : undefined,
        openpgpKey: keys.openpgp,
        minisignKey: keys.minisign ? (0,_minisign_js__WEBPACK_IMPORTED_MODULE_3__/* .readMinisignPublicKey */ .BW)(keys.minisign) : undefined,
    };
}


/***/ }),

/***/ 68301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $k: () => (/* binding */ readPrivateKey),
/* harmony export */   RR: () => (/* binding */ readPublicKey),
/* harmony export */   a: () => (/* binding */ describePublicKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82151);


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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo("The key is in cosign's own encrypted form", {
            code: 'unsupported-key',
            fix: 'Make a PEM key with openssl (`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256`), or sign with the kms input and cosign.',
        });
    }
    const encrypted = /ENCRYPTED/.test(pem);
    if (encrypted && !passphrase) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass the passphrase from a secret.',
        });
    }
    let key;
    try {
        key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)({ key: pem, format: 'pem', ...(encrypted ? { passphrase } : {}) });
    }
    catch {
        // The cause is left out: OpenSSL's messages tell nothing more, and the key must not reach a log.
        if (encrypted) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The key cannot be decrypted with this passphrase', {
                code: 'wrong-passphrase',
                fix: 'Check that key and passphrase belong together.',
            });
        }
        throw invalidKey('private', pem);
    }
    return { key, publicKey: describePublicKey((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(key)) };
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
        key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    }
    catch {
        throw invalidKey('public', pem);
    }
    return describePublicKey(key);
}
function invalidKey(what, pem) {
    const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
    const found = label ? `a block named "${label}" that cannot be read` : 'no PEM block';
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`This is not a PEM ${what} key: it holds ${found}`, {
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
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(der).digest();
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
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Keys of type ${key.asymmetricKeyType}${namedCurve ? ` ${namedCurve}` : ''}${size} cannot be used here`, { code: 'unsupported-key', fix: `Use ${FORMS}.` });
}


/***/ }),

/***/ 64679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BW: () => (/* binding */ readMinisignPublicKey),
/* harmony export */   F$: () => (/* binding */ minisignKeyId),
/* harmony export */   il: () => (/* binding */ signMinisign),
/* harmony export */   m9: () => (/* binding */ readMinisignKey),
/* harmony export */   yZ: () => (/* binding */ verifyMinisign)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82151);


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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('This is not a minisign secret key', {
            code: 'invalid-key',
            fix: 'Pass the content of the file that `minisign -G -s` wrote.',
        });
    }
    const secret = Buffer.from(raw.subarray(54));
    if (kdf === 'Sc') {
        if (!passphrase) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The minisign key is encrypted and no passphrase is given', {
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
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)({
        key: Buffer.concat([ED25519_PKCS8, secret.subarray(8, 40)]),
        format: 'der',
        type: 'pkcs8',
    });
    const point = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(key).export({ type: 'spki', format: 'der' }).subarray(-32);
    // The second half of the secret is the public key: a wrong passphrase cannot give a pair that fits.
    if (!point.equals(secret.subarray(40, 72))) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(kdf === 'Sc'
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('This is not a minisign public key', {
            code: 'invalid-key',
            fix: 'Pass the content of the file that `minisign -G -p` wrote.',
        });
    }
    return publicKeyOf(Buffer.from(raw.subarray(2, 10)), raw.subarray(10));
}
/** A `.minisig` file over a file with this BLAKE2b-512 digest; the comment is signed too. */
function signMinisign(key, blake2b512, comment) {
    const signature = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.sign)(null, blake2b512, key.key);
    const all = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.sign)(null, Buffer.concat([signature, Buffer.from(comment)]), key.key);
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
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(null, blake2b512, key.key, signature) &&
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(null, commented, key.key, Buffer.from(second, 'base64'));
    if (!good) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The signature is not by the minisign key ${minisignKeyId(key)}`, {
            code: 'signature-mismatch',
            fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
        });
    }
}
function publicKeyOf(id, point) {
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: Buffer.concat([ED25519_SPKI, point]), format: 'der', type: 'spki' });
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
            reject(new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The minisign key asks for more memory than 2 GiB', { code: 'invalid-key' }));
            return;
        }
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.scrypt)(passphrase, salt, 104, options, (error, derived) => (error ? reject(error) : resolve(derived)));
    });
}


/***/ }),

/***/ 2430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ signClear),
/* harmony export */   Tc: () => (/* binding */ verifyDetached),
/* harmony export */   kA: () => (/* binding */ signDetached),
/* harmony export */   ng: () => (/* binding */ readOpenPgpKey),
/* harmony export */   zR: () => (/* binding */ verifyClear)
/* harmony export */ });
/* unused harmony exports canonicalClear, canonicalPublicKey */
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82151);

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
    const { readPrivateKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
    let key;
    try {
        key = await readPrivateKey({ armoredKey: armored });
    }
    catch {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('This is not an armored OpenPGP secret key', {
            code: 'invalid-key',
            fix: 'Export it with `gpg --armor --export-secret-keys <fingerprint>`.',
        });
    }
    const signing = await signingKey(key);
    const { algorithm } = signing.getAlgorithmInfo();
    if (!READABLE.has(algorithm) || signing.keyPacket.version !== 4) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`GnuPG cannot verify signatures of this OpenPGP key (${algorithm}, version ${signing.keyPacket.version})`, {
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key cannot sign: it is expired, revoked or has no signing key', {
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass openpgp-passphrase from a secret.',
        });
    }
    const { decryptKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key cannot be decrypted with this passphrase', {
            code: 'wrong-passphrase',
            fix: 'Check that openpgp-key and openpgp-passphrase belong together.',
        });
    }
}
/** A detached, armored signature over a small file's bytes. */
async function signDetached(key, data, date) {
    const { createMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
    const message = await createMessage({ binary: data });
    return sign({ message, signingKeys: key.key, detached: true, format: 'armored', date });
}
/** The text with its signature around it (RFC 9580 section 7); text with line feeds only. */
async function signClear(key, text, date) {
    const { createCleartextMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
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
    const { createMessage, readSignature, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
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
    const { readCleartextMessage, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
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
    const { readCleartextMessage } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
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
    const { readKeys } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await readKeys({ armoredKeys: armored });
    }
    catch (cause) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('This is not an armored OpenPGP public key', {
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The OpenPGP signature is not by ${known}`, {
            code: 'signature-mismatch',
            fix: 'The list or the signature was changed, or another key made it: do not use the image.',
            cause,
        });
    }
}


/***/ }),

/***/ 56439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ judgeReport)
/* harmony export */ });
/* unused harmony export methods */
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67376);

/** How a disk is signed. */
const methods = ['sigstore', 'openpgp', 'minisign'];
/** Judges a report: pure. A key or identity that was given must prove the disk, else that is a problem too. */
function judgeReport(report, request) {
    const sha256 = report.digests.get(request.disk)?.sha256;
    const passed = report.checks.filter((check) => check.status === 'pass');
    const listHolds = passed.some((check) => check.kind === 'checksums' && check.file === 'SHA256SUMS');
    const covering = passed.filter(({ subject }) => subject === request.disk || (listHolds && subject === 'SHA256SUMS'));
    const provenBy = methods.flatMap((method) => {
        const check = covering.find((entry) => entry.kind === method);
        return check ? [{ method, ...signer(check) }] : [];
    });
    const statements = report.statements.flatMap(({ name, statement }) => statement ? [{ name, statement }] : []);
    const chain = (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .determineChain */ .be)(statements, { name: request.disk, digest: { sha256: sha256 ?? '' } });
    const failed = [...report.checks, ...report.statements.map((entry) => entry.check)]
        .filter((check) => check.status === 'fail')
        .map((check) => `${check.file}: ${check.reason}`);
    const ofKey = covering.some((check) => ['sigstore', 'openssl'].includes(check.kind) && check.issuer === undefined);
    const given = [
        { what: 'sigstore or openssl signature by the key', trust: request.publicKey, proven: ofKey },
        {
            what: 'sigstore signature by the identity',
            trust: request.identity,
            proven: covering.some((check) => check.kind === 'sigstore' && check.issuer !== undefined),
        },
        { what: 'openpgp signature by the key', trust: request.openpgpKey, proven: proves(provenBy, 'openpgp') },
        {
            what: 'minisign signature by the key',
            trust: request.minisignKey,
            proven: proves(provenBy, 'minisign'),
        },
    ];
    const silent = given
        .filter(({ trust, proven }) => trust !== undefined && !proven)
        .map(({ what }) => `no ${what} given covers ${request.disk}`);
    const missing = sha256 === undefined ? [`${request.disk} is missing`] : [];
    return { sha256, provenBy, chain, problems: [...missing, ...failed, ...silent, ...chain.gaps] };
}
function proves(provenBy, method) {
    return provenBy.some((entry) => entry.method === method);
}
function signer({ by = '', issuer, at }) {
    return { by, ...(issuer === undefined ? {} : { issuer }), ...(at === undefined ? {} : { at }) };
}


/***/ }),

/***/ 59868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   NL: () => (/* binding */ releaseStatement),
/* harmony export */   ti: () => (/* binding */ readAnnotations)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82151);
/* harmony import */ var _signable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(35167);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71684);
/* harmony import */ var _statement_names_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91965);




/**
 * Annotations from lines of `name=value`.
 *
 * @throws UserError `invalid-annotation` for a line of another form, or a name that is there twice
 */
function readAnnotations(lines) {
    const annotations = new Map();
    for (const line of lines) {
        const [, name, value] = /^([A-Za-z0-9][A-Za-z0-9._/-]{0,127})\s*=\s*(.*)$/s.exec(line) ?? [];
        if (name === undefined || value === undefined || annotations.has(name)) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The annotation ${JSON.stringify(line.slice(0, 80))} is not used`, {
                code: 'invalid-annotation',
                fix: 'Write name=value, each name once; names have letters, digits, dots, dashes, slashes and underscores.',
            });
        }
        annotations.set(name, value);
    }
    return Object.fromEntries(annotations);
}
/**
 * An in-toto release statement that binds the disk's digest to the image's name and version, with annotations on its
 * subject. Source: in-toto attestation, spec/predicates/release.md (v0.1) and spec/v1/resource_descriptor.md.
 */
function releaseStatement(release, disk, annotations) {
    const statement = {
        _type: _statement_js__WEBPACK_IMPORTED_MODULE_1__/* .STATEMENT_TYPE */ .zG,
        subject: [{ name: disk.name, digest: { sha256: disk.sha256 }, annotations: { ...annotations } }],
        predicateType: _statement_js__WEBPACK_IMPORTED_MODULE_1__/* .predicateTypes */ .ZR.release,
        predicate: {
            purl: `pkg:generic/${encodeURIComponent(release.name)}@${encodeURIComponent(release.version)}`,
        },
    };
    return (0,_signable_js__WEBPACK_IMPORTED_MODULE_2__/* .signable */ .k)(_statement_names_js__WEBPACK_IMPORTED_MODULE_3__/* .madeBySigning */ .E.release, statement);
}
/** The annotations of a release statement; none of any other. */
function annotationsOf(statement) {
    if (statement.predicateType !== _statement_js__WEBPACK_IMPORTED_MODULE_1__/* .predicateTypes */ .ZR.release) {
        return {};
    }
    const found = statement.subject.flatMap((subject) => Object.entries(subject.annotations ?? {}));
    return Object.fromEntries(found.filter((entry) => typeof entry[1] === 'string'));
}


/***/ }),

/***/ 35167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ readSignable),
  k: () => (/* binding */ signable)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
;// CONCATENATED MODULE: ./build/packages/evidence/src/canonical-json.js
/** JSON with sorted keys, two-space indent and a final line break: the same value always gives the same bytes. */
function stableJson(value) {
    return `${JSON.stringify(value, (_key, inner) => (isRecord(inner) ? sorted(inner) : inner), 2)}\n`;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

// EXTERNAL MODULE: ./build/packages/evidence/src/small-file.js
var small_file = __webpack_require__(32409);
// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var statement = __webpack_require__(71684);
;// CONCATENATED MODULE: ./build/packages/evidence/src/signable.js





/**
 * Reads statements of `evidence/` as they are, byte for byte.
 *
 * @param names without `.json`
 * @throws UserError `invalid-evidence`
 */
async function readSignable(folder, names) {
    return Promise.all([...names].sort().map(async (name) => {
        try {
            const bytes = await (0,small_file/* readSmallFile */.E)(external_node_path_.join(folder, 'evidence', `${name}.json`));
            return { name, bytes, statement: statement/* statementSchema */.t.parse(JSON.parse(bytes.toString('utf8'))) };
        }
        catch (cause) {
            throw new errors/* UserError */.yo(`evidence/${name}.json is not a readable in-toto statement`, {
                code: 'invalid-evidence',
                fix: 'Run the step that writes it again; do not edit evidence.',
                cause,
            });
        }
    }));
}
/** A statement that was made here. */
function signable(name, statement) {
    return { name, statement, bytes: Buffer.from(stableJson(statement)) };
}


/***/ }),

/***/ 30085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ statementName),
/* harmony export */   a: () => (/* binding */ signatureFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

/** Where signing puts what; all names are relative to the folder `signatures`. */
const signatureFiles = {
    /** A detached, armored OpenPGP signature, named as Ubuntu names it. */
    openpgpDetached: (list) => `${list}.gpg`,
    openpgpClear: (list) => `${list}.clearsigned`,
    /** Raw signature for `openssl dgst -sha256 -verify`. */
    openssl: (file) => `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(file)}.sig`,
    /** Image properties for OpenStack Glance. */
    glance: (file) => `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(file)}.glance.json`,
    minisign: (file) => `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(file)}.minisig`,
    sigstore: (file) => `${node_path__WEBPACK_IMPORTED_MODULE_0__.basename(file)}.sigstore.json`,
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


/***/ }),

/***/ 35135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ verifyDigestSignature),
/* harmony export */   WG: () => (/* binding */ SIGNING_TOOLS),
/* harmony export */   Ye: () => (/* binding */ keySigner),
/* harmony export */   aY: () => (/* binding */ commandSigner)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82151);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(22463);




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
        sign: async (data) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.sign)(ed25519 ? null : 'sha256', data, key.key),
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
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo('A kms command needs a program and an EC or RSA public key', {
            code: 'unsupported-key',
            fix: 'Name the command, and pass its public key (EC P-256, P-384 or RSA): Ed25519 does not sign digests.',
        });
    }
    const signDigest = async (sha256, padding = 'pkcs1') => {
        if (padding === 'pss') {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo('A kms command signs with PKCS #1 v1.5, OpenStack wants RSA-PSS', {
                code: 'unsupported-key',
                fix: 'Use an EC P-384 key in the KMS for the method glance.',
            });
        }
        const hex = Buffer.from(sha256).toString('hex');
        const { stdout } = await ports.exec({ command: program, args: [...args, hex], timeoutMs: 120_000 });
        const text = stdout.replace(/\s+/g, '');
        if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`${program} did not print a signature in base64`, {
                code: 'invalid-signature',
                fix: 'The kms command must print the base64 of the signature, and nothing else, to standard output.',
            });
        }
        return Buffer.from(text, 'base64');
    };
    return { publicKey, signDigest, sign: (data) => signDigest((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest()) };
}
/**
 * node:crypto signs data, not digests; `openssl pkeyutl` does. The key reaches it encrypted under a passphrase
 * made for this one call, which passes through standard input.
 */
function signDigestWithOpenssl(key, sha256, padding, ports) {
    return (0,_golden_image_host__WEBPACK_IMPORTED_MODULE_4__/* .withTemporaryFolder */ .EX)('sign', async (folder) => {
        const passphrase = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(32).toString('hex');
        const keyFile = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, 'key.pem');
        const digestFile = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, 'digest');
        const signatureFile = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, 'signature');
        const pem = key.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(keyFile, pem, { mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(digestFile, sha256);
        await ports.exec({
            command: 'openssl',
            args: [
                ...['pkeyutl', '-sign', '-inkey', keyFile, '-passin', 'stdin', '-pkeyopt', 'digest:sha256'],
                ...paddingOptions[padding],
                ...['-in', digestFile, '-out', signatureFile],
            ],
            input: `${passphrase}\n`,
        });
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(signatureFile);
    });
}
/** Whether `signature` is the key's over data with this SHA-256 digest (EC and RSA keys). */
function verifyDigestSignature(key, sha256, signature, ports, padding = 'pkcs1') {
    if (key.kind === 'ed25519') {
        return Promise.resolve(false);
    }
    return (0,_golden_image_host__WEBPACK_IMPORTED_MODULE_4__/* .withTemporaryFolder */ .EX)('verify', async (folder) => {
        const files = { key: 'key.pem', digest: 'digest', signature: 'signature' };
        const at = (name) => node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, files[name]);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(at('key'), key.pem);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(at('digest'), sha256);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(at('signature'), signature);
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


/***/ }),

/***/ 96700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pn: () => (/* binding */ readTrustedRoots),
/* harmony export */   er: () => (/* binding */ formatTrustedRoots),
/* harmony export */   j: () => (/* binding */ fetchTrustedRoots)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22463);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);
/* harmony import */ var _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19654);


const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.trustedroot(\.v0\.[12]\+json|\+json;version=0\.1)$/;
/**
 * Reads a sigstore trusted root (JSON), or several of them, one a line, as `gh attestation trusted-root` prints them.
 *
 * @throws UserError `invalid-trusted-root`
 */
function readTrustedRoots(text) {
    const documents = parseDocuments(text);
    if (documents.length === 0) {
        throw invalid('it is empty');
    }
    return documents.map((document) => {
        let root;
        try {
            root = _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_0__.TrustedRoot.fromJSON(document);
        }
        catch (cause) {
            throw invalid('it is not a sigstore trusted root', cause);
        }
        if (!MEDIA_TYPE.test(root.mediaType)) {
            throw invalid(`its media type is ${JSON.stringify(root.mediaType)}`);
        }
        if (root.certificateAuthorities.length + root.timestampAuthorities.length === 0) {
            throw invalid('it trusts no certificate authority and no timestamp authority');
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
    return known.map((root) => `${JSON.stringify(_sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_0__.TrustedRoot.toJSON(root))}\n`).join('');
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
    const { getTrustedRoot } = await Promise.all(/* import() */[__webpack_require__.e(335), __webpack_require__.e(694)]).then(__webpack_require__.t.bind(__webpack_require__, 84423, 19));
    try {
        return [await (0,_golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .withTemporaryFolder */ .EX)('tuf', (cachePath) => getTrustedRoot({ cachePath, timeout: 20_000 }))];
    }
    catch (cause) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('The trusted root of the public good sigstore instance cannot be fetched', {
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
            throw invalid('it is not JSON', cause);
        }
    }
}
function invalid(reason, cause) {
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The trusted root cannot be used: ${reason}`, {
        code: 'invalid-trusted-root',
        fix: 'Pass the path of a trusted_root.json, as `cosign trusted-root create` or `gh attestation trusted-root` make it.',
        ...(cause === undefined ? {} : { cause }),
    });
}


/***/ }),

/***/ 56107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ verifyBundleSigner),
/* harmony export */   v: () => (/* binding */ signedWith)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82151);
/* harmony import */ var _sigstore_verify__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54187);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68301);



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
        const material = (0,_sigstore_verify__WEBPACK_IMPORTED_MODULE_0__/* .toTrustMaterial */ .jO)(candidate, () => ({ publicKey: publicKey.key, validFor: () => true }));
        return new _sigstore_verify__WEBPACK_IMPORTED_MODULE_0__/* .Verifier */ .BL(material, thresholds).verify(entity);
    });
    return { ...signer, root, ...provenTime(entity) };
}
function byIdentity(entity, { identity }) {
    if (!identity) {
        throw missingTrust('an identity');
    }
    const { key, identity: found, root, } = firstThatHolds(identity.roots, (root) => new _sigstore_verify__WEBPACK_IMPORTED_MODULE_0__/* .Verifier */ .BL((0,_sigstore_verify__WEBPACK_IMPORTED_MODULE_0__/* .toTrustMaterial */ .jO)(root), {
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
    return { key: (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .describePublicKey */ .a)(key), by: subject, issuer, root, ...provenTime(entity) };
}
function parseEntity(bundle) {
    try {
        const entity = (0,_sigstore_verify__WEBPACK_IMPORTED_MODULE_0__/* .toSignedEntity */ .DC)(bundle);
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
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`No ${what.replace(/^an? /, '')} was given to check it with`, {
        code: 'key-missing',
        fix: `Pass ${what} of the image maintainers.`,
    });
}
function untrusted(reason, cause) {
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The bundle is not signed by whom you trust: ${reason}`, {
        code: 'untrusted-signer',
        fix: 'Compare identity, issuer and trusted-root with what the image maintainers publish; if they are right, do not use the image.',
        ...(cause === undefined ? {} : { cause }),
    });
}


/***/ }),

/***/ 32409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ readSmallFile)
/* harmony export */ });
/* unused harmony export MAX_SMALL_BYTES */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82151);




/** Signatures, lists, statements and SBOMs beyond this size are not ours. */
const MAX_SMALL_BYTES = 64 * 1024 * 1024;
/**
 * The bytes of a small regular file; no link is followed, and a pipe does not make us wait.
 *
 * @throws UserError `missing-file` when it is missing, unreadable, not a regular file or too large
 */
async function readSmallFile(file) {
    const name = node_path__WEBPACK_IMPORTED_MODULE_2__.basename(file);
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK;
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, flags).catch((cause) => {
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
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(message, {
        code: 'missing-file',
        fix: 'Get the image folder again from its source, or sign the image again.',
        ...(cause === undefined ? {} : { cause }),
    });
}


/***/ }),

/***/ 91965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ madeBySigning),
/* harmony export */   o: () => (/* binding */ expectedPredicateType)
/* harmony export */ });
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71684);

/** Statements that sign-image makes itself: they are in their bundles only, not in `evidence/`. */
const madeBySigning = {
    spdx: 'sbom-spdx',
    cyclonedx: 'sbom-cyclonedx',
    release: 'release',
};
/** What a statement with one of our names must be: a test result cannot pass for a provenance by its name. */
const EXPECTED = {
    '10-media': _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.medium,
    '20-build': _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.provenance,
    '30-harden': _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.testResult,
    '40-fvt': _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.testResult,
    '50-export': _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.provenance,
    [madeBySigning.spdx]: _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.spdx,
    [madeBySigning.cyclonedx]: _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.cyclonedx,
    [madeBySigning.release]: _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .predicateTypes */ .ZR.release,
};
/** The predicate type that a statement of this name must have; undefined for names that are not ours. */
function expectedPredicateType(name) {
    return Object.hasOwn(EXPECTED, name) ? EXPECTED[name] : undefined;
}


/***/ }),

/***/ 5514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ZX: () => (/* binding */ givenRoots),
  bn: () => (/* binding */ readTrust),
  r5: () => (/* binding */ textOrFile)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
// EXTERNAL MODULE: ./build/packages/evidence/src/key-material.js
var key_material = __webpack_require__(37370);
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

// EXTERNAL MODULE: ./build/packages/evidence/src/sigstore/trusted-root.js
var trusted_root = __webpack_require__(96700);
;// CONCATENATED MODULE: ./build/packages/evidence/src/trust.js





/** Trusted roots and signing configs are small. */
const MAX_BYTES = 4 * 1024 * 1024;
/**
 * The keys, the identity and the roots; nothing where nothing is given.
 *
 * @throws UserError those of the readers
 */
async function readTrust(given, ports) {
    const { publicKey, identity, issuer } = given;
    const keys = publicKey
        ? (0,key_material/* readTrustedKeys */.sr)(await (0,key_material/* keyMaterial */.vN)(publicKey, 'public-key'), 'public-key')
        : undefined;
    const trustedRoots = await givenRoots(given.trustedRoot);
    return {
        ...keys,
        trustedRoots,
        identity: identity
            ? trustedIdentity(identity, issuer, trustedRoots ?? (await (0,trusted_root/* fetchTrustedRoots */.j)(ports)))
            : undefined,
    };
}
/**
 * The trusted roots in a file, or in the value itself.
 *
 * @throws UserError `file-not-found`, `invalid-trusted-root`
 */
async function givenRoots(value) {
    return value ? (0,trusted_root/* readTrustedRoots */.Pn)(await textOrFile(value, 'trusted-root')) : undefined;
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
    if (found?.isFile() && found.size <= MAX_BYTES) {
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


/***/ }),

/***/ 1898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ verifyFolder)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
// EXTERNAL MODULE: ./build/packages/evidence/src/bundle.js
var bundle = __webpack_require__(78545);
// EXTERNAL MODULE: ./build/packages/evidence/src/small-file.js
var small_file = __webpack_require__(32409);
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
    return (await (0,small_file/* readSmallFile */.E)(file)).toString('utf8');
}

// EXTERNAL MODULE: ./build/packages/evidence/src/sigstore/verify.js
var verify = __webpack_require__(56107);
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
    if ((0,verify/* signedWith */.v)((0,bundle/* parseBundle */.QN)(text)) === 'key') {
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

// EXTERNAL MODULE: ./build/packages/evidence/src/checksums.js
var checksums = __webpack_require__(51489);
// EXTERNAL MODULE: ./build/packages/evidence/src/file-signature.js
var file_signature = __webpack_require__(17216);
// EXTERNAL MODULE: ./build/packages/evidence/src/glance.js
var src_glance = __webpack_require__(17337);
// EXTERNAL MODULE: ./build/packages/evidence/src/minisign.js
var minisign = __webpack_require__(64679);
// EXTERNAL MODULE: ./build/packages/evidence/src/openpgp.js
var openpgp = __webpack_require__(2430);
// EXTERNAL MODULE: ./build/packages/evidence/src/signature-files.js
var signature_files = __webpack_require__(30085);
;// CONCATENATED MODULE: ./build/packages/evidence/src/check-signatures.js













/** The list names exactly the artefacts that are there, with their digests. */
function checkList({ signatures, digests }, list) {
    const algorithm = list === 'SHA256SUMS' ? 'sha256' : 'sha512';
    return outcome({ kind: 'checksums', file: list, subject: 'all artefacts' }, async () => {
        const listed = (0,checksums/* parseChecksums */.yk)(await readText(external_node_path_.join(signatures, list)), list);
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
        { file: signature_files/* signatureFiles */.a.openpgpDetached(list), verify: verifyDetachedText },
        { file: signature_files/* signatureFiles */.a.openpgpClear(list), verify: verifyClearText },
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
const verifyDetachedText = (key, signature, text, date) => (0,openpgp/* verifyDetached */.Tc)(key, Buffer.from(text), signature, date);
const verifyClearText = (key, signature, text, date) => (0,openpgp/* verifyClear */.zR)(key, signature, text, date);
/** `<file>.sig` and `<file>.sigstore.json`, for a list in the signatures folder or an artefact in the image folder. */
async function checkFileSignatures(context, subject) {
    const { request, signatures, digests, files, ports } = context;
    const isList = subject in checksums/* checksumLists */.lp;
    const location = external_node_path_.join(isList ? signatures : request.folder, subject);
    const read = () => (0,small_file/* readSmallFile */.E)(location);
    const digest = async () => isList ? (0,file_signature/* sha256Of */.Bj)(await read()) : (digests.get(subject)?.sha256 ?? missing(subject));
    const checks = await checkMinisign(context, subject, read);
    const openssl = { kind: 'openssl', file: signature_files/* signatureFiles */.a.openssl(subject), subject };
    const glance = { kind: 'glance', file: signature_files/* signatureFiles */.a.glance(subject), subject };
    for (const check of [openssl, glance].filter(({ file }) => files.includes(file))) {
        const key = request.publicKey;
        if (!key) {
            checks.push(unchecked(check, 'public key'));
            continue;
        }
        const file = external_node_path_.join(signatures, check.file);
        checks.push(await outcome(check, async () => {
            if (check.kind === 'openssl') {
                await (0,file_signature/* verifyFileSignature */.YP)(await (0,small_file/* readSmallFile */.E)(file), await digest(), key, read, ports);
            }
            else {
                await (0,src_glance/* verifyGlance */.s)(await readText(file), await digest(), key, ports);
            }
            return { by: `sha256:${key.fingerprint}` };
        }));
    }
    const sigstore = { kind: 'sigstore', file: signature_files/* signatureFiles */.a.sigstore(subject), subject };
    if (files.includes(sigstore.file)) {
        checks.push(await checkBundle(context, sigstore, async (text) => signedBy(await (0,bundle/* verifyDigestBundle */.Eb)(text, await digest(), request, read, ports))));
    }
    return checks;
}
async function checkMinisign({ request, signatures, digests, files }, subject, read) {
    const check = { kind: 'minisign', file: signature_files/* signatureFiles */.a.minisign(subject), subject };
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
            (0,minisign/* verifyMinisign */.yZ)(minisignKey, digest, await readText(external_node_path_.join(signatures, check.file)));
            return { by: `minisign:${(0,minisign/* minisignKeyId */.F$)(minisignKey)}` };
        }),
    ];
}

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var src_statement = __webpack_require__(71684);
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

// EXTERNAL MODULE: ./build/packages/evidence/src/statement-names.js
var statement_names = __webpack_require__(91965);
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
        ...files.map(signature_files/* statementName */.V).filter((name) => name !== undefined),
    ]);
    const statements = [];
    for (const name of [...names].sort()) {
        const file = signature_files/* signatureFiles */.a.statement(name);
        const isEvidence = evidence.includes(`${name}.json`);
        const check = {
            kind: 'statement',
            file,
            subject: isEvidence ? `evidence/${name}.json` : name,
        };
        let statement;
        const result = files.includes(file)
            ? await checkBundle(context, check, async (text) => {
                const signed = (0,bundle/* verifyStatementBundle */.X3)(text, request);
                if (isEvidence && !signed.payload.equals(await (0,small_file/* readSmallFile */.E)(external_node_path_.join(folder, `${name}.json`)))) {
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
    const expected = (0,statement_names/* expectedPredicateType */.o)(name);
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

// EXTERNAL MODULE: ./build/packages/evidence/src/digest-folder.js + 2 modules
var digest_folder = __webpack_require__(95397);
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
    const minisign = files.includes(signature_files/* signatureFiles */.a.minisign(request.disk)) && request.minisignKey !== undefined;
    const digests = request.digests ??
        (await (0,digest_folder/* digestFolder */.l)(request.folder, ports, {
            artefacts: request.artefacts,
            blake2b: minisign ? [request.disk] : [],
        }));
    const context = { request, signatures, digests, files, ports };
    const checks = [];
    for (const list of Object.keys(checksums/* checksumLists */.lp)) {
        checks.push(await checkList(context, list));
        checks.push(...(await checkOpenPgp(context, list)));
        checks.push(...(await checkFileSignatures(context, list)));
    }
    checks.push(...(await checkFileSignatures(context, request.disk)));
    return { digests, checks, statements: await checkStatements(context) };
}


/***/ }),

/***/ 22463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EX: () => (/* binding */ withTemporaryFolder),
/* harmony export */   ZX: () => (/* binding */ publishAtomically)
/* harmony export */ });
/* unused harmony exports partialPath, removeStalePartials, resolveInside */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82151);





const PARTIAL = /^\.(.+)\.partial-(\d+)-[0-9a-f]{8}$/;
/**
 * Produces a file or folder at `target` all at once: `produce` fills a partial path beside it, which
 * is renamed when it returns and removed when it throws. An existing target is replaced only then.
 * Partials left by processes that were killed are removed first.
 *
 * @throws UserError `output-not-writable` when the folder of `target` cannot be written
 */
async function publishAtomically(target, produce) {
    const absolute = node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(target);
    const folder = node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(absolute);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
        await removeStalePartials(folder);
    }
    catch (error) {
        throw notWritable(folder, error);
    }
    const partial = partialPath(absolute);
    try {
        const result = await produce(partial);
        await replace(partial, absolute);
        // Renaming one name of a file onto another name of the same file does nothing (rename(2)).
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(partial, { recursive: true, force: true });
        return result;
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(partial, { recursive: true, force: true });
        throw isPermissionError(error) ? notWritable(folder, error) : error;
    }
}
/** A path beside `target` that no other process takes, and that `removeStalePartials` knows when this one is gone. */
function partialPath(target) {
    const suffix = `partial-${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
    return node_path__WEBPACK_IMPORTED_MODULE_3__.join(node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(target), `.${node_path__WEBPACK_IMPORTED_MODULE_3__.basename(target)}.${suffix}`);
}
/** A folder cannot be renamed over one that has content: the old one steps aside first. */
async function replace(partial, target) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(partial, target);
    }
    catch (error) {
        const code = error.code;
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
            throw error;
        }
        const aside = `${partial}.old`;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(target, aside);
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(partial, target);
        }
        catch (failure) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(aside, target);
            throw failure;
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(aside, { recursive: true, force: true });
    }
}
/**
 * Removes what killed processes left of `publishAtomically` in `folder`; those of live ones stay. A target that was
 * put aside and not yet replaced when its process was killed comes back.
 */
async function removeStalePartials(folder) {
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)) {
        const match = PARTIAL.exec(name.replace(/\.old$/, ''));
        if (!match || isAlive(Number(match[2]))) {
            continue;
        }
        const target = node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, match[1] ?? '');
        if (name.endsWith('.old') && !(await exists(target))) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, name), target);
        }
        else {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, name), { recursive: true, force: true });
        }
    }
}
async function exists(file) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(file).then(() => true, () => false);
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}
function isPermissionError(error) {
    return ['EACCES', 'EROFS', 'EPERM'].includes(error?.code ?? '');
}
function notWritable(folder, cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The folder ${folder} cannot be written: ${reason}`, {
        code: 'output-not-writable',
        fix: 'Choose an output folder that the job may write, and check that the disk is not full or read-only.',
        cause,
    });
}
/** A private folder (0700) that is gone when `body` ends, however it ends. */
async function withTemporaryFolder(label, body, parent = process.env.RUNNER_TEMP ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(parent, { recursive: true });
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(parent, `${label}-`));
    try {
        return await body(folder);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
    }
}
/**
 * `relative` below `folder`, refusing to leave it by `..` or an absolute path.
 * Symbolic links are not followed: the caller opens with O_NOFOLLOW where others can write.
 *
 * @throws UserError `path-escapes`
 */
function resolveInside(folder, relative) {
    const resolved = path.resolve(folder, relative);
    const back = path.relative(folder, resolved);
    if (relative.includes('\0') ||
        path.isAbsolute(relative) ||
        back === '' ||
        back.split(path.sep)[0] === '..') {
        throw new UserError(`The path ${JSON.stringify(relative)} leaves its folder`, {
            code: 'path-escapes',
            fix: 'Use a path inside the folder, without "..".',
        });
    }
    return resolved;
}


/***/ })

};
