export const id = 799;
export const ids = [799];
export const modules = {

/***/ 58799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sign: () => (/* binding */ sign)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
// EXTERNAL MODULE: ./build/packages/host/src/staging.js
var staging = __webpack_require__(22463);
// EXTERNAL MODULE: ./build/packages/evidence/src/digest-folder.js + 2 modules
var digest_folder = __webpack_require__(95397);
// EXTERNAL MODULE: ./build/packages/evidence/src/chain.js
var src_chain = __webpack_require__(67376);
// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var statement = __webpack_require__(71684);
;// CONCATENATED MODULE: ./build/packages/evidence/src/expected-disk.js



/** The steps of the pipeline, whose last one says what the disk is. */
const STEPS = [
    statement/* predicateTypes */.ZR.medium,
    statement/* predicateTypes */.ZR.provenance,
    statement/* predicateTypes */.ZR.testResult,
];
/**
 * What the disk must be: the caller's digest, the last statement's subject and the descriptor's digest, all equal.
 *
 * @throws UserError `not-bound`, `digest-mismatch`
 */
function expectedDigest(request, statements) {
    const last = statements.findLast(({ statement }) => STEPS.includes(statement.predicateType) && !(0,src_chain/* isExport */.Hm)(statement));
    const claims = [
        { by: 'expected-sha256', sha256: request.expectedSha256 },
        { by: last ? `evidence/${last.name}.json` : '', sha256: last?.statement.subject[0]?.digest.sha256 },
    ].filter((claim) => claim.sha256 !== undefined);
    const [first] = claims;
    if (!first?.sha256) {
        throw new errors/* UserError */.yo('Nothing says which disk was tested: there is no evidence and no expected-sha256', {
            code: 'not-bound',
            fix: 'Run the steps that write evidence (build-image, harden, run-fvt) before, or pass expected-sha256.',
        });
    }
    const all = [...claims, { by: 'image.json', sha256: request.describedSha256 ?? first.sha256 }];
    const other = all.find((claim) => claim.sha256 !== first.sha256);
    if (other) {
        throw new errors/* UserError */.yo(`${first.by} says the disk is sha256:${first.sha256}, ${other.by} says sha256:${other.sha256}`, {
            code: 'digest-mismatch',
            fix: 'The statements are about another disk: run the steps after the last change of the disk again.',
        });
    }
    return first.sha256;
}
/**
 * The chain that ends at the disk.
 *
 * @throws UserError `broken-chain`
 */
function checkedChain(request, statements, sha256) {
    const chain = (0,src_chain/* determineChain */.be)(statements, { name: request.disk, digest: { sha256 } });
    const gaps = [...chain.gaps];
    if (request.requireMedium && chain.origin !== 'medium' && gaps.length === 0) {
        const first = chain.links[0]?.artifact;
        gaps.push(`no statement says from which medium ${first?.name} sha256:${first?.digest.sha256} was built`);
    }
    if (gaps.length > 0) {
        throw new errors/* UserError */.yo(`The chain of evidence is broken: ${gaps.join('; ')}`, {
            code: 'broken-chain',
            fix: 'Run the steps from the first one that is named here again, in order, on the same image folder.',
        });
    }
    return chain;
}

// EXTERNAL MODULE: ./build/packages/evidence/src/file-signature.js
var file_signature = __webpack_require__(17216);
// EXTERNAL MODULE: ./build/packages/evidence/src/release-statement.js
var release_statement = __webpack_require__(59868);
// EXTERNAL MODULE: ./build/packages/evidence/src/signable.js + 1 modules
var signable = __webpack_require__(35167);
// EXTERNAL MODULE: ./build/packages/evidence/src/small-file.js
var small_file = __webpack_require__(32409);
// EXTERNAL MODULE: ./build/packages/evidence/src/statement-names.js
var statement_names = __webpack_require__(91965);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sbom-statements.js







const SBOMS = [
    {
        file: 'sbom.spdx.json',
        name: statement_names/* madeBySigning */.E.spdx,
        predicateType: statement/* predicateTypes */.ZR.spdx,
        form: 'SPDX 2.3',
        // The predicate type names the version.
        fits: (document) => document.spdxVersion === 'SPDX-2.3',
    },
    {
        file: 'sbom.cdx.json',
        name: statement_names/* madeBySigning */.E.cyclonedx,
        predicateType: statement/* predicateTypes */.ZR.cyclonedx,
        form: 'CycloneDX',
        fits: (document) => document.bomFormat === 'CycloneDX',
    },
];
/**
 * Statements with the SBOMs of the folder as predicates. Their subject is the state of the disk that they describe: the
 * one whose provenance names them as byproducts, else the disk as it is signed.
 *
 * @throws UserError `invalid-sbom`, `foreign-sbom`, `file-changed`
 */
async function sbomStatements(folder, digests, evidence, disk) {
    const present = SBOMS.filter(({ file }) => digests.has(file));
    return Promise.all(present.map(async (sbom) => {
        const bytes = await (0,small_file/* readSmallFile */.E)(external_node_path_.join(folder, sbom.file));
        const sha256 = (0,file_signature/* sha256Of */.Bj)(bytes);
        if (sha256 !== digests.get(sbom.file)?.sha256) {
            throw new errors/* UserError */.yo(`${sbom.file} changed while the folder was read`, {
                code: 'file-changed',
                fix: 'Make sure that nothing writes to the image folder, and run this step again.',
            });
        }
        const subject = describedBy(sbom.file, sha256, evidence) ?? disk;
        const predicate = parse(bytes, sbom);
        return (0,signable/* signable */.k)(sbom.name, (0,statement/* createStatement */.Ay)({ subject, predicateType: sbom.predicateType, predicate }));
    }));
}
function parse(bytes, { file, form, fits }) {
    let document;
    try {
        document = JSON.parse(bytes.toString('utf8'));
    }
    catch {
        document = undefined;
    }
    if (typeof document !== 'object' || document === null || !fits(document)) {
        throw new errors/* UserError */.yo(`${file} is not an SBOM of the form ${form}`, {
            code: 'invalid-sbom',
            fix: `Put a document of that form there, or remove ${file}: what is in the image folder is signed as it is.`,
        });
    }
    return document;
}
/** The subject of the statement that names the file among what its work brought about. */
function describedBy(file, sha256, evidence) {
    const named = evidence.flatMap(({ name, statement }) => byproducts(statement)
        .filter((entry) => entry.name === file)
        .map((entry) => ({ name, sha256: entry.digest?.sha256, subject: statement.subject[0] })));
    const match = named.find((entry) => entry.sha256 === sha256);
    const [other] = named;
    if (other && !match) {
        throw new errors/* UserError */.yo(`${file} is sha256:${sha256}, but ${other.name} made one that is sha256:${other.sha256 ?? '(not named)'}`, {
            code: 'foreign-sbom',
            fix: 'Something changed the SBOM after the build: build the image again, or put the built SBOM back.',
        });
    }
    return match?.subject;
}
function byproducts({ predicate }) {
    const details = predicate.runDetails;
    const list = Array.isArray(details?.byproducts) ? details.byproducts : [];
    return list.flatMap((entry) => {
        const parsed = statement/* resourceDescriptor */.a.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
    });
}

// EXTERNAL MODULE: ./build/packages/evidence/src/signature-files.js
var signature_files = __webpack_require__(30085);
;// CONCATENATED MODULE: ./build/packages/evidence/src/signature-folder.js


function signatureFolder(location) {
    const written = { checksums: [], signatures: [], bundles: [], attestations: [] };
    const write = async (name, content) => {
        const file = external_node_path_.join(location, name);
        await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true });
        await (0,promises_.writeFile)(file, content);
    };
    return {
        location,
        written,
        put: async (kind, name, content) => {
            await write(name, content);
            written[kind].push(`signatures/${name}`);
            if (kind === 'attestations') {
                written.bundles.push(`signatures/${name}`);
            }
        },
        putKey: write,
    };
}

// EXTERNAL MODULE: ./build/packages/evidence/src/signer.js
var src_signer = __webpack_require__(35135);
// EXTERNAL MODULE: ./build/packages/evidence/src/sigstore/trusted-root.js
var trusted_root = __webpack_require__(96700);
// EXTERNAL MODULE: ./build/packages/evidence/src/minisign.js
var minisign = __webpack_require__(64679);
;// CONCATENATED MODULE: ./build/packages/evidence/src/verify-commands.js


/** The issuer of the tokens of GitHub's jobs: `gh` knows it. */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const at = (name) => quote(`signatures/${name}`);
/** The commands that a stranger runs inside the image folder, one tool a section. */
function verifySections(request, files) {
    return [
        checksums(),
        ...openpgp(request),
        ...verify_commands_minisign(request),
        ...openssl(request, files),
        ...glance(request),
        ...cosign(request, files),
        ...gh(request, files),
    ];
}
/** All commands, in order. */
function verifyCommands(request, files) {
    return verifySections(request, files).flatMap((section) => section.commands);
}
function checksums() {
    return {
        tool: 'sha256sum',
        proves: 'every file is the one that the lists name (and nothing about who made the lists)',
        commands: [`sha256sum --check ${at('SHA256SUMS')}`, `sha512sum --check ${at('SHA512SUMS')}`],
    };
}
function openpgp({ openpgp: key }) {
    if (!key) {
        return [];
    }
    const detached = at(signature_files/* signatureFiles */.a.openpgpDetached('SHA256SUMS'));
    const keyFile = at(signature_files/* signatureFiles */.a.openpgpKey);
    return [
        {
            tool: 'gpg',
            proves: `the lists are signed by the OpenPGP key ${key.fingerprint}`,
            commands: [
                `gpg --import ${keyFile}`,
                `gpg --verify ${detached} ${at('SHA256SUMS')}`,
                `gpg --verify ${at(signature_files/* signatureFiles */.a.openpgpClear('SHA256SUMS'))}`,
                `gpg --verify ${at(signature_files/* signatureFiles */.a.openpgpDetached('SHA512SUMS'))} ${at('SHA512SUMS')}`,
            ],
        },
        {
            tool: 'sqv',
            proves: 'the same, with Sequoia',
            commands: [`sqv --keyring ${keyFile} ${detached} ${at('SHA256SUMS')}`],
        },
    ];
}
function verify_commands_minisign({ minisign: key, disk }) {
    if (!key) {
        return [];
    }
    const signature = at(signature_files/* signatureFiles */.a.minisign(disk));
    return [
        {
            tool: 'minisign',
            proves: `${disk} is signed by the minisign key ${(0,minisign/* minisignKeyId */.F$)(key.publicKey)}`,
            commands: [`minisign -V -p ${at(signature_files/* signatureFiles */.a.minisignKey)} -x ${signature} -m ${quote(disk)}`],
        },
    ];
}
function openssl({ signer, disk }, { signatures }) {
    if (!signer) {
        return [];
    }
    const ownSignature = signatures.includes(`signatures/${signature_files/* signatureFiles */.a.openssl(disk)}`);
    const [signed, file] = ownSignature ? [disk, quote(disk)] : ['SHA256SUMS', at('SHA256SUMS')];
    const key = at(signature_files/* signatureFiles */.a.publicKey);
    const signature = at(signature_files/* signatureFiles */.a.openssl(signed));
    return [
        {
            tool: 'openssl',
            proves: `${signed} is signed by the key sha256:${signer.publicKey.fingerprint}`,
            commands: [
                signer.publicKey.kind === 'ed25519'
                    ? `openssl pkeyutl -verify -pubin -inkey ${key} -rawin -in ${file} -sigfile ${signature}`
                    : `openssl dgst -sha256 -verify ${key} -signature ${signature} ${file}`,
            ],
        },
    ];
}
function glance({ signer, glance: wanted, disk }) {
    if (!signer || !wanted) {
        return [];
    }
    const raw = quote(`${disk}.glance.sig`);
    const isRsa = signer.publicKey.kind === 'rsa';
    const pss = isRsa ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max' : '';
    return [
        {
            tool: 'openssl, for OpenStack Glance',
            proves: `the image properties in ${signature_files/* signatureFiles */.a.glance(disk)} are signed by the same key; add img_signature_certificate_uuid when you upload`,
            commands: [
                `sed -n 's/.*"img_signature": "\\(.*\\)".*/\\1/p' ${at(signature_files/* signatureFiles */.a.glance(disk))} | base64 -d > /tmp/${raw}`,
                `openssl dgst -sha256${pss} -verify ${at(signature_files/* signatureFiles */.a.publicKey)} -signature /tmp/${raw} ${quote(disk)}`,
            ],
        },
    ];
}
function cosign(request, files) {
    const { identity } = files;
    if (files.bundles.length === 0) {
        return [];
    }
    const hasDisk = files.bundles.includes(`signatures/${signature_files/* signatureFiles */.a.sigstore(request.disk)}`);
    const [signed, file] = hasDisk ? [request.disk, quote(request.disk)] : ['SHA256SUMS', at('SHA256SUMS')];
    const options = identity ? keylessOptions(request, identity) : keyOptions(request);
    return [
        {
            tool: 'cosign',
            proves: identity
                ? `${signed} and every statement about it are signed by ${identity.subject}, for whom ${identity.issuer} vouches, and when`
                : `${signed} and every statement about it are signed by the same key`,
            commands: [
                `cosign verify-blob ${options} --bundle ${at(signature_files/* signatureFiles */.a.sigstore(signed))} ${file}`,
                ...statementCommands(request, files, options),
            ],
            note: 'Statements about the medium, or an earlier state of the disk, are signed too: cosign checks them with that file in place of the disk.',
        },
    ];
}
function keyOptions({ signer }) {
    const timestamped = (signer?.witnesses ?? []).length > 0;
    const root = at(timestamped ? signature_files/* signatureFiles */.a.trustedRoot : signature_files/* signatureFiles */.a.noTrustedRoot);
    return `--key ${at(signature_files/* signatureFiles */.a.publicKey)} --new-bundle-format --insecure-ignore-tlog=true --trusted-root ${root}`;
}
function keylessOptions(request, { subject, issuer }) {
    const signer = `--new-bundle-format --certificate-identity ${quote(subject)} --certificate-oidc-issuer ${quote(issuer)}`;
    // cosign brings the root of the public good instance by itself, from a source that is not this image.
    const root = request.keyless?.instance === 'public-good' ? '' : ` --trusted-root ${at(signature_files/* signatureFiles */.a.trustedRoot)}`;
    const time = request.keyless?.logged ? '' : ' --use-signed-timestamps --insecure-ignore-tlog=true';
    return `${signer}${time}${root}`;
}
/** cosign wants the file that a statement is about: of the image folder, that is the disk as it is now. */
function statementCommands({ disk }, { chain }, options) {
    return aboutDisk(chain).map((name) => {
        const bundle = at(signature_files/* signatureFiles */.a.statement(name));
        return `cosign verify-blob-attestation ${options} --bundle ${bundle} ${quote(disk)}`;
    });
}
/** The statements about the disk as it is now. */
function aboutDisk(chain) {
    const head = chain.links.at(-1);
    return [...(head?.producedBy ?? []), ...(head?.about ?? [])].sort();
}
/** GitHub's own client: for identities of its jobs, and statements about the disk as it is. */
function gh({ disk, keyless }, { identity, chain, statements }) {
    const [, repository] = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(identity?.repository ?? '') ?? [];
    if (identity?.issuer !== GITHUB_ISSUER || !repository) {
        return [];
    }
    const ofDisk = aboutDisk(chain);
    // gh brings the roots of these two by itself, and knows of no other instance.
    const known = keyless?.instance === 'public-good' || keyless?.instance === 'github';
    const root = known ? '' : ` --custom-trusted-root ${at(signature_files/* signatureFiles */.a.trustedRoot)}`;
    const signer = `--repo ${quote(repository)} --cert-identity ${quote(identity.subject)}${root}`;
    return [
        {
            tool: 'gh',
            proves: `the same statements are signed by ${identity.subject}, in a job of ${repository}`,
            commands: statements
                .filter(({ name }) => ofDisk.includes(name))
                .map(({ name, statement }) => {
                const bundle = at(signature_files/* signatureFiles */.a.statement(name));
                return `gh attestation verify ${quote(disk)} --bundle ${bundle} ${signer} --predicate-type ${quote(statement.predicateType)}`;
            }),
        },
    ];
}
/** For a POSIX shell. */
function quote(text) {
    return /^[A-Za-z0-9._/+:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/verify-guide.js


/** `VERIFY.md`. */
function verifyGuide(request, result, statements) {
    const sections = verifySections(request, { ...result, statements });
    const lines = [
        `# Verify ${request.title}`,
        '',
        `\`${request.disk}\` is \`sha256:${result.sha256}\`.`,
        '',
        'Run the commands in the folder that holds this file; any one of the tools is enough. What lies in `signatures/keys`',
        'is there for convenience: a key or a trusted root that comes with the image proves nothing. Compare it with the one',
        "that the image's maintainers publish elsewhere.",
        '',
        ...sections.flatMap(({ tool, proves, commands, note }) => [
            `## ${tool}`,
            '',
            `Proves: ${proves}.`,
            '',
            '```sh',
            ...commands,
            '```',
            '',
            ...(note ? [note, ''] : []),
        ]),
        '## Where the image comes from',
        '',
        ...stateLines(result.chain),
        '',
        'The action `sign-image` with `mode: verify` checks all of this, and that the statements make an unbroken chain.',
    ];
    return `${lines.join('\n')}\n`;
}
/** One line a state, from the origin to the disk. */
function stateLines(chain) {
    return chain.links.map((link) => {
        const made = link.producedBy.length > 0 ? `made as ${link.producedBy.join(', ')} says` : 'the first that is known';
        const about = link.about.length > 0 ? `; more about it in ${link.about.join(', ')}` : '';
        const name = external_node_path_.basename(link.artifact.name);
        return `- \`${name}\` \`sha256:${link.artifact.digest.sha256}\`: ${made}${about}`;
    });
}

// EXTERNAL MODULE: ./build/packages/evidence/src/bundle.js
var src_bundle = __webpack_require__(78545);
// EXTERNAL MODULE: ./build/packages/evidence/src/proof.js
var proof = __webpack_require__(56439);
// EXTERNAL MODULE: ./build/packages/evidence/src/sigstore/verify.js
var verify = __webpack_require__(56107);
// EXTERNAL MODULE: ./build/packages/evidence/src/verify-folder.js + 5 modules
var verify_folder = __webpack_require__(1898);
;// CONCATENATED MODULE: ./build/packages/evidence/src/verify-own.js





/**
 * Checks everything that was made as a stranger would, before anybody sees it.
 *
 * @throws UserError `self-verification-failed`
 */
async function verifyOwn(request, { bundleSigner, digests, names }, signatures, ports) {
    const { folder, disk, artefacts } = request;
    const keys = ownKeys(request, bundleSigner);
    const report = await (0,verify_folder/* verifyFolder */.M)({ folder, disk, artefacts, signatures, digests, ...keys }, ports);
    const signed = report.statements.filter(({ name }) => bundleSigner !== undefined && names.includes(name));
    const checks = [...report.checks, ...signed.map((entry) => entry.check)];
    const bad = checks.filter((check) => check.status !== 'pass');
    const { provenBy } = (0,proof/* judgeReport */.w)(report, { disk, ...keys });
    if (bad.length > 0 || provenBy.length === 0) {
        throw selfVerificationFailed(bad.map((check) => `${check.file}: ${check.reason}`).join('; '));
    }
    return { checks, provenBy };
}
function ownKeys(request, bundleSigner) {
    const { signer, openpgp, minisign, trustedRoots } = request;
    const certificate = bundleSigner?.certificate;
    return {
        publicKey: signer?.publicKey,
        openpgpKey: openpgp?.publicKey,
        minisignKey: minisign?.publicKey,
        trustedRoots,
        identity: certificate && exactly(certificate, trustedRoots ?? []),
    };
}
function exactly({ subject, issuer }, roots) {
    return { subject, matches: (found) => found === subject, issuer, roots };
}
/**
 * The root that vouches for what a signer made.
 *
 * @param bundle by the signer, over a file
 * @throws UserError `self-verification-failed` when none does
 */
function vouchingRoot(request, signer, bundle) {
    try {
        const { root } = (0,verify/* verifyBundleSigner */.G)((0,src_bundle/* parseBundle */.QN)(bundle), ownKeys(request, signer));
        if (root) {
            return root;
        }
    }
    catch (error) {
        throw selfVerificationFailed((0,errors/* describeError */.Uc)(error).message);
    }
    throw selfVerificationFailed('no trusted root vouches for them');
}
function selfVerificationFailed(reasons) {
    return new errors/* UserError */.yo(`The signatures made do not verify: ${reasons}`, {
        code: 'self-verification-failed',
        fix: 'Nothing was published. Check that nothing writes to the image folder, that a kms command signs with its public key, and that trusted-root is that of the services that were used.',
    });
}

// EXTERNAL MODULE: ./build/packages/evidence/src/checksums.js
var src_checksums = __webpack_require__(51489);
// EXTERNAL MODULE: ./build/packages/evidence/src/glance.js
var src_glance = __webpack_require__(17337);
// EXTERNAL MODULE: ./build/packages/evidence/src/openpgp.js
var src_openpgp = __webpack_require__(2430);
;// CONCATENATED MODULE: ./build/packages/evidence/src/write-signatures.js








/** cosign asks the network for a trusted root unless it is given one; with a key it needs none. */
const NO_TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}\n';
/** The two checksum lists over every artefact. */
function checksumTexts(digests) {
    const text = (algorithm) => (0,src_checksums/* formatChecksums */.ss)(Object.fromEntries([...digests].map(([name, entry]) => [name, entry[algorithm]])));
    return { SHA256SUMS: text('sha256'), SHA512SUMS: text('sha512') };
}
/**
 * Writes everything that the request asks for.
 *
 * @returns the signer of the bundles, when there are some
 */
async function writeSignatures(request, signables, folder, ports) {
    const { signer, openpgp, minisign } = request;
    const date = ports.clock.now();
    for (const [list, text] of Object.entries(signables.lists)) {
        await folder.put('checksums', list, text);
    }
    if (openpgp) {
        await writeOpenPgp(openpgp, signables, date, folder);
    }
    if (minisign) {
        await writeMinisign(minisign, signables, date, folder);
    }
    if (signer) {
        await writeKeySignatures(signer, request, signables, folder, ports);
    }
    const keys = [signer?.publicKey.pem, openpgp?.publicKey, minisign?.publicKey.text].filter(Boolean);
    if (keys.length > 0) {
        await folder.putKey(signature_files/* signatureFiles */.a.allKeys, keys.join(''));
    }
    const bundles = request.keyless ? await request.keyless.open() : signer;
    if (bundles) {
        await writeBundles(bundles, signables, folder, ports);
    }
    return bundles;
}
async function writeOpenPgp(key, { lists }, date, folder) {
    for (const [list, text] of Object.entries(lists)) {
        const detached = await (0,src_openpgp/* signDetached */.kA)(key, Buffer.from(text), date);
        await folder.put('signatures', signature_files/* signatureFiles */.a.openpgpDetached(list), detached);
        await folder.put('signatures', signature_files/* signatureFiles */.a.openpgpClear(list), await (0,src_openpgp/* signClear */.L5)(key, text, date));
    }
    await folder.putKey(signature_files/* signatureFiles */.a.openpgpKey, key.publicKey);
}
async function writeMinisign(key, { disk }, date, folder) {
    if (!disk.blake2b512) {
        throw new Error('minisign needs the BLAKE2b digest of the disk');
    }
    const comment = `timestamp:${Math.floor(date.getTime() / 1000)}\tfile:${disk.name}\thashed`;
    const signature = (0,minisign/* signMinisign */.il)(key, Buffer.from(disk.blake2b512, 'hex'), comment);
    await folder.put('signatures', signature_files/* signatureFiles */.a.minisign(disk.name), signature);
    await folder.putKey(signature_files/* signatureFiles */.a.minisignKey, key.publicKey.text);
}
/** `<file>.sig` for openssl, and the properties for Glance. */
async function writeKeySignatures(signer, request, { lists, disk }, folder, ports) {
    for (const [list, text] of Object.entries(lists)) {
        await folder.put('signatures', signature_files/* signatureFiles */.a.openssl(list), await signer.sign(Buffer.from(text)));
    }
    if (signer.signDigest) {
        const raw = await signer.signDigest(Buffer.from(disk.sha256, 'hex'));
        await folder.put('signatures', signature_files/* signatureFiles */.a.openssl(disk.name), raw);
    }
    else {
        ports.log.warning(`An Ed25519 key cannot sign ${disk.name} from its digest: with this key it is covered by the signed lists and statements only. Use an EC or RSA key for a signature of its own.`);
    }
    if (request.glance) {
        await folder.put('signatures', signature_files/* signatureFiles */.a.glance(disk.name), await (0,src_glance/* signGlance */.y)(signer, disk.sha256));
    }
    await folder.putKey(signature_files/* signatureFiles */.a.publicKey, signer.publicKey.pem);
}
async function writeBundles(signer, { lists, disk, statements }, folder, ports) {
    const { certificate, witnesses = [] } = signer;
    if (certificate) {
        ports.log.info(`Sign as ${certificate.subject}, vouched for by ${certificate.issuer}`);
    }
    else {
        await folder.putKey(signature_files/* signatureFiles */.a.noTrustedRoot, NO_TRUSTED_ROOT);
    }
    const total = statements.length + Object.keys(lists).length + 1;
    let done = 0;
    const add = async (kind, name, bundle) => {
        await folder.put(kind, name, bundle);
        done += 1;
        ports.log.progress({ label: `Sign (${witnesses.length} witnesses)`, done, total });
    };
    for (const [list, text] of Object.entries(lists)) {
        const data = Buffer.from(text);
        await add('bundles', signature_files/* signatureFiles */.a.sigstore(list), await (0,src_bundle/* signDataBundle */.m0)(signer, data, (0,file_signature/* sha256Of */.Bj)(data)));
    }
    if (signer.signDigest) {
        await add('bundles', signature_files/* signatureFiles */.a.sigstore(disk.name), await (0,src_bundle/* signDigestBundle */.mS)(signer, disk.sha256));
    }
    for (const { name, bytes } of statements) {
        await add('attestations', signature_files/* signatureFiles */.a.statement(name), await (0,src_bundle/* signStatementBundle */.xU)(signer, bytes));
    }
}
/** The digests of the disk, which must be there and be what was expected. */
function boundDisk(name, digests, expected) {
    const found = digests.get(name);
    if (found?.sha256 !== expected) {
        throw new errors/* UserError */.yo(`${name} is sha256:${found?.sha256 ?? '(missing)'}, expected sha256:${expected}`, {
            code: 'digest-mismatch',
            fix: 'This is not the disk that was tested: run the steps before signing again, or get the image folder again.',
        });
    }
    return { name, ...found };
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/sign-folder.js

















/**
 * Signs an image folder: checks the chain of evidence, hashes each file once, writes lists, signatures, bundles and
 * VERIFY.md, verifies all of them, and publishes them together.
 *
 * @throws UserError `no-method`, `broken-chain`, `digest-mismatch`, `not-bound`, `file-changed`, those of its parts and of
 *   `permit`; nothing is written then
 */
async function signFolder(request, ports) {
    if (!request.signer && !request.keyless && !request.openpgp && !request.minisign) {
        throw new errors/* UserError */.yo('There is nothing to sign with', {
            code: 'no-method',
            fix: 'Pass at least one key, and name its method; or use sigstore-keyless.',
        });
    }
    await ports.tools.ensure(src_signer/* SIGNING_TOOLS */.WG);
    const evidence = await (0,signable/* readSignable */.I)(request.folder, request.evidence);
    const expected = expectedDigest(request, evidence);
    checkedChain(request, evidence, expected);
    request.permit?.(expected);
    const { folder, artefacts } = request;
    const blake2b = request.minisign ? [request.disk] : [];
    const digests = await (0,digest_folder/* digestFolder */.l)(folder, ports, { blake2b, artefacts });
    const disk = boundDisk(request.disk, digests, expected);
    assertSame(evidence, digests);
    const statements = [...evidence, ...(await ownStatements(request, digests, evidence, disk))];
    const chain = checkedChain(request, statements, expected);
    const signables = { lists: checksumTexts(digests), disk, statements };
    await assertGuidePlace(folder);
    return (0,staging/* publishAtomically */.ZX)(external_node_path_.join(folder, GUIDE), (guide) => (0,staging/* publishAtomically */.ZX)(external_node_path_.join(folder, 'signatures'), async (partial) => {
        const result = await makeSignatures(request, { ...signables, digests, chain }, partial, ports);
        // Written before anything is renamed: after the signatures, only its own renaming is left.
        await (0,promises_.writeFile)(guide, verifyGuide(request, result, statements));
        return result;
    }));
}
const GUIDE = 'VERIFY.md';
/** A folder of this name could not be replaced, after the signatures were. */
async function assertGuidePlace(folder) {
    const found = await (0,promises_.lstat)(external_node_path_.join(folder, GUIDE)).catch(() => undefined);
    if (found && !found.isFile()) {
        throw new errors/* UserError */.yo(`${GUIDE} in the image folder is not a file`, {
            code: 'output-not-writable',
            fix: `Remove ${GUIDE}: the commands to verify the image are written there.`,
        });
    }
}
/** The bytes that were parsed are the bytes that were hashed. */
function assertSame(evidence, digests) {
    for (const { name, bytes } of evidence) {
        if (digests.get(`evidence/${name}.json`)?.sha256 !== (0,file_signature/* sha256Of */.Bj)(bytes)) {
            throw new errors/* UserError */.yo(`evidence/${name}.json changed while the folder was read`, {
                code: 'file-changed',
                fix: 'Make sure that nothing writes to the image folder, and run this step again.',
            });
        }
    }
}
/** The statements that signing adds: about the SBOMs, and about the release when there is something to say. */
async function ownStatements(request, digests, evidence, disk) {
    const { folder, release, annotations = {} } = request;
    const artifact = { name: disk.name, digest: { sha256: disk.sha256 } };
    const sboms = await sbomStatements(folder, digests, evidence, artifact);
    const releases = release && Object.keys(annotations).length > 0 ? [(0,release_statement/* releaseStatement */.NL)(release, disk, annotations)] : [];
    return [...sboms, ...releases];
}
async function makeSignatures(request, made, partial, ports) {
    const target = signatureFolder(partial);
    const bundleSigner = await writeSignatures(request, made, target, ports);
    const identity = await putTrustedRoot(request, bundleSigner, target);
    const names = made.statements.map(({ name }) => name);
    const verified = await verifyOwn(request, { bundleSigner, digests: made.digests, names }, partial, ports);
    const { chain } = made;
    const written = target.written;
    const commands = verifyCommands(request, { ...written, identity, chain, statements: made.statements });
    return {
        sha256: made.disk.sha256,
        chain,
        ...written,
        publicKeys: request.signer || request.openpgp || request.minisign
            ? `signatures/${signature_files/* signatureFiles */.a.allKeys}`
            : undefined,
        identity,
        ...verified,
        verifyCommands: commands,
        uploaded: await upload(request, written.attestations, partial),
    };
}
/** The root that vouches for identity or time lies beside the signatures. Returns who signed keyless. */
async function putTrustedRoot(request, signer, folder) {
    if (!signer?.certificate && !signer?.witnesses?.length) {
        return undefined;
    }
    const bundle = await (0,promises_.readFile)(external_node_path_.join(folder.location, signature_files/* signatureFiles */.a.sigstore('SHA256SUMS')), 'utf8');
    const root = (0,trusted_root/* formatTrustedRoots */.er)([vouchingRoot(request, signer, bundle)]);
    await folder.putKey(signature_files/* signatureFiles */.a.trustedRoot, root);
    if (!signer.certificate) {
        return undefined;
    }
    const { subject, issuer, repository } = signer.certificate;
    return { subject, issuer, repository, root: `signatures/${signature_files/* signatureFiles */.a.trustedRoot}` };
}
async function upload(request, attestations, partial) {
    if (!request.upload) {
        return [];
    }
    const texts = attestations.map((name) => (0,promises_.readFile)(external_node_path_.join(partial, external_node_path_.basename(name)), 'utf8'));
    return request.upload(await Promise.all(texts));
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(92857);
;// CONCATENATED MODULE: ./build/packages/evidence/src/upload.js


/** Tries of one bundle, and the wait before the next in milliseconds, doubled each time. */
const TRIES = 4;
const WAIT_MS = 1_000;
const TIMEOUT_MS = 60_000;
const created = schemas/* looseObject */._H3({ id: schemas/* union */.KCZ([schemas/* int */.Whr(), schemas/* string */.YjP()]) });
/**
 * Stores bundles with signed statements in GitHub's attestation API, where `gh attestation verify` finds them by the
 * digest of their subject. Source: docs.github.com/rest/repos/attestations.
 *
 * @returns the ids that GitHub gave them, in order
 * @throws UserError `upload-refused`, `upload-failed`
 */
async function uploadAttestations(store, bundles, ports) {
    const ids = [];
    for (const bundle of bundles) {
        ids.push(await upload_upload(store, bundle, ports));
        ports.log.progress({ label: 'Upload attestations', done: ids.length, total: bundles.length });
    }
    return ids;
}
async function upload_upload({ apiUrl, repository, token }, bundle, ports) {
    const url = `${apiUrl.replace(/\/$/, '')}/repos/${repository}/attestations`;
    let reason = '';
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
        if (attempt > 0) {
            await ports.clock.sleep(WAIT_MS * 2 ** (attempt - 1), ports.signal);
        }
        let response;
        try {
            response = await ports.fetch(url, {
                method: 'POST',
                headers: {
                    accept: 'application/vnd.github+json',
                    authorization: `Bearer ${token}`,
                    'content-type': 'application/json',
                    'x-github-api-version': '2022-11-28',
                },
                body: `{"bundle":${bundle}}`,
                signal: AbortSignal.any([ports.signal, AbortSignal.timeout(TIMEOUT_MS)]),
            });
        }
        catch (error) {
            ports.signal.throwIfAborted();
            reason = error instanceof Error ? error.message : String(error);
            continue;
        }
        if (response.ok) {
            return readId(response, url);
        }
        await response.body?.cancel();
        reason = `HTTP status ${response.status}`;
        if (response.status < 500 && response.status !== 429) {
            throw refused(response.status, repository);
        }
    }
    throw new errors/* UserError */.yo(`The attestations could not be uploaded to ${repository}: ${reason}`, {
        code: 'upload-failed',
        fix: "Check GitHub's status page, and run this step again. Nothing was written.",
    });
}
async function readId(response, url) {
    const answer = created.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) {
        throw new errors/* UserError */.yo(`${url} did not answer as GitHub's attestation API does`, {
            code: 'upload-failed',
            fix: 'Check that the API address is that of a GitHub server with artifact attestations.',
        });
    }
    return String(answer.data.id);
}
function refused(status, repository) {
    const why = {
        401: 'the token is not valid',
        403: 'the token may not do this',
        404: 'the repository does not exist, or the token cannot see it',
        422: 'GitHub takes no attestations there, or not this bundle',
    };
    return new errors/* UserError */.yo(`GitHub refused to store an attestation in ${repository}: ${why[status] ?? `HTTP status ${status}`}`, {
        code: 'upload-refused',
        fix: 'The job needs `permissions: {attestations: write, id-token: write}`; private repositories need a plan with artifact attestations.',
    });
}

// EXTERNAL MODULE: ./build/packages/image-folder/src/folder.js + 1 modules
var src_folder = __webpack_require__(47514);
// EXTERNAL MODULE: ./build/actions/sign-image/src/approval.js
var approval = __webpack_require__(70598);
// EXTERNAL MODULE: ./build/actions/sign-image/src/outcome.js
var outcome = __webpack_require__(2253);
// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __webpack_require__(6805);
;// CONCATENATED MODULE: ./build/packages/action-kit/src/oidc.js


/**
 * The OIDC token of this job: from GitHub, or from `SIGSTORE_ID_TOKEN`, where other CI services put theirs.
 *
 * Says at once whether there can be one; the token itself is good for minutes, so it is fetched when it is needed.
 *
 * @returns gets the token for an audience, masked
 * @throws UserError `oidc-missing`
 */
function jobIdentity(env = process.env) {
    const given = env.SIGSTORE_ID_TOKEN;
    if (given) {
        core/* setSecret */.Pq(given);
        return async () => given;
    }
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
    if (!url || !bearer) {
        const onGitHub = env.GITHUB_ACTIONS === 'true';
        throw new errors/* UserError */.yo(onGitHub
            ? 'This job may not prove its identity: it has no permission id-token: write'
            : 'Nothing proves the identity of this job: there is no OIDC token here', {
            code: 'oidc-missing',
            fix: onGitHub
                ? 'Add `permissions: {contents: read, id-token: write}` to the job (jobs of pull requests from forks never get it), or sign with a key.'
                : 'Run it as a GitHub Actions job with id-token: write, set SIGSTORE_ID_TOKEN, or sign with a key.',
        });
    }
    return async (audience) => {
        try {
            const { requestToken } = await Promise.all(/* import() */[__webpack_require__.e(444), __webpack_require__.e(86)]).then(__webpack_require__.bind(__webpack_require__, 4086));
            const token = await requestToken({ url, requestToken: bearer }, audience);
            core/* setSecret */.Pq(token);
            return token;
        }
        catch (cause) {
            throw new errors/* UserError */.yo('GitHub gave no OIDC token for this job', {
                code: 'oidc-unavailable',
                fix: "Check GitHub's status page, and run this step again.",
                cause,
            });
        }
    };
}

// EXTERNAL MODULE: ./build/packages/evidence/src/trust.js + 1 modules
var trust = __webpack_require__(5514);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/witness.js



/** Milliseconds for one request; a log answers after it has integrated the entry. */
const witness_TIMEOUT_MS = 30_000;
const RETRY = { retries: 3 };
/** A timestamp with its certificates takes a few kilobytes. */
const MAX_TIMESTAMP_BYTES = 256 * 1024;
/** A transparency log (Rekor). */
function rekorWitness({ url, version }) {
    return {
        name: url,
        testify: async (content, verifier) => {
            const { RekorWitness } = await Promise.all(/* import() */[__webpack_require__.e(335), __webpack_require__.e(179)]).then(__webpack_require__.t.bind(__webpack_require__, 15179, 19));
            const rekor = new RekorWitness({
                rekorBaseURL: url,
                majorApiVersion: version,
                timeout: witness_TIMEOUT_MS,
                retry: RETRY,
            });
            try {
                return await rekor.testify(content, verifier);
            }
            catch (cause) {
                throw unavailable('The transparency log', url, cause);
            }
        },
    };
}
/** A timestamp authority (RFC 3161 over HTTP): any, not only sigstore's. Timestamps the signature's bytes. */
function timestampWitness(url, ports) {
    // Sigstore's own are often named without their path.
    const target = new URL(url).pathname === '/' ? `${url}/api/v1/timestamp` : url;
    return {
        name: url,
        testify: async (content) => {
            try {
                const query = await timestampQuery(signatureOf(content), ports);
                return { rfc3161Timestamps: [{ signedTimestamp: await request(target, query, ports) }] };
            }
            catch (cause) {
                ports.signal.throwIfAborted();
                throw unavailable('The timestamp authority', url, cause);
            }
        },
    };
}
function signatureOf(content) {
    return content.$case === 'messageSignature'
        ? content.messageSignature.signature
        : (content.dsseEnvelope.signatures[0]?.sig ?? Buffer.alloc(0));
}
/** A TimeStampReq that asks for the certificates too. */
function timestampQuery(data, ports) {
    return (0,staging/* withTemporaryFolder */.EX)('timestamp', async (folder) => {
        const [input, query] = [external_node_path_.join(folder, 'signature'), external_node_path_.join(folder, 'query')];
        await (0,promises_.writeFile)(input, data);
        const args = ['ts', '-query', '-data', input, '-sha256', '-cert', '-out', query];
        await ports.exec({ command: 'openssl', args });
        return new Uint8Array(await (0,promises_.readFile)(query));
    });
}
async function request(url, query, ports) {
    for (let left = RETRY.retries;; left -= 1) {
        const response = await ports
            .fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
            body: query,
            signal: AbortSignal.any([ports.signal, AbortSignal.timeout(witness_TIMEOUT_MS)]),
        })
            .catch((error) => {
            ports.signal.throwIfAborted();
            if (left <= 0) {
                throw error;
            }
            return undefined;
        });
        if (response?.ok) {
            return readLimited(response);
        }
        await response?.body?.cancel();
        if (response && (response.status < 500 || left <= 0)) {
            throw new Error(`it answers with HTTP status ${response.status}`);
        }
    }
}
async function readLimited(response) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
        bytes += chunk.length;
        if (bytes > MAX_TIMESTAMP_BYTES) {
            throw new Error(`it answers with more than ${MAX_TIMESTAMP_BYTES} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function unavailable(what, url, cause) {
    return new errors/* UserError */.yo(`${what} ${url} gives no proof: ${(0,errors/* describeError */.Uc)(cause).message}`, {
        code: 'witness-unavailable',
        fix: 'Check that the job reaches it, and its status page; then run this step again. Nothing was written.',
        cause,
    });
}

// EXTERNAL MODULE: ./node_modules/@sigstore/protobuf-specs/dist/index.js
var dist = __webpack_require__(19654);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/endpoints.js


/** Source: actions/toolkit, packages/attest/src/endpoints.ts. */
const INSTANCES = {
    'public-good': {
        name: 'public-good',
        fulcio: 'https://fulcio.sigstore.dev',
        rekor: { url: 'https://rekor.sigstore.dev', version: 1 },
    },
    github: {
        name: 'github',
        fulcio: 'https://fulcio.githubapp.com',
        timestampAuthority: 'https://timestamp.githubapp.com/api/v1/timestamp',
    },
};
/** What @sigstore/sign speaks. */
const MAX_VERSIONS = { fulcio: 1, rekor: 2, tsa: 1 };
/**
 * Reads the name of a known instance, a private one as `fulcio=URL`, `rekor=URL`, `rekor-v2=URL` and `tsa=URL` (one a
 * line), or a sigstore signing config (v0.2, JSON).
 *
 * @param now the moment for which a signing config's services must be valid
 * @throws UserError `invalid-endpoints`
 */
function readEndpoints(text, now) {
    const known = INSTANCES[text.trim()];
    if (known) {
        return known;
    }
    return text.trimStart().startsWith('{') ? fromSigningConfig(text, now) : fromLines(text);
}
function fromLines(text) {
    const urls = new Map();
    for (const line of text.split(/[\n,]/).map((entry) => entry.trim())) {
        const [, name, url] = /^(fulcio|rekor|rekor-v2|tsa)\s*=\s*(\S+)$/.exec(line) ?? [];
        if (line === '') {
            continue;
        }
        if (!name || !url || urls.has(name)) {
            throw invalid(`${JSON.stringify(line.slice(0, 80))} is not understood`);
        }
        urls.set(name, serviceUrl(url));
    }
    const rekor = urls.get('rekor');
    const rekorV2 = urls.get('rekor-v2');
    if (rekor && rekorV2) {
        throw invalid('it names two transparency logs');
    }
    return endpoints(urls.get('fulcio'), rekorV2 ? { url: rekorV2, version: 2 } : rekor ? { url: rekor, version: 1 } : undefined, urls.get('tsa'));
}
function fromSigningConfig(text, now) {
    let config;
    try {
        config = dist.SigningConfig.fromJSON(JSON.parse(text));
    }
    catch (cause) {
        throw invalid('it is not a sigstore signing config', cause);
    }
    if (!/^application\/vnd\.dev\.sigstore\.signingconfig\.v0\.2\+json$/.test(config.mediaType)) {
        throw invalid(`its media type is ${JSON.stringify(config.mediaType)}, not that of a signing config v0.2`);
    }
    const selectors = [config.rekorTlogConfig?.selector, config.tsaConfig?.selector];
    if (selectors.some((selector) => selector !== undefined && selector !== dist.ServiceSelector.ANY)) {
        throw invalid('it asks for several services of a kind at once (selector ALL or EXACT)');
    }
    const rekor = newest(config.rekorTlogUrls, MAX_VERSIONS.rekor, now);
    return endpoints(newest(config.caUrls, MAX_VERSIONS.fulcio, now)?.url, rekor && { url: serviceUrl(rekor.url), version: rekor.majorApiVersion === 2 ? 2 : 1 }, newest(config.tsaUrls, MAX_VERSIONS.tsa, now)?.url);
}
function endpoints(fulcio, rekor, timestampAuthority) {
    if (!fulcio) {
        throw invalid('it names no certificate authority (fulcio)');
    }
    if (!rekor && !timestampAuthority) {
        throw invalid('it names neither a transparency log nor a timestamp authority: nothing would prove the time');
    }
    return {
        name: new URL(serviceUrl(fulcio)).host,
        fulcio: serviceUrl(fulcio),
        ...(rekor ? { rekor } : {}),
        ...(timestampAuthority ? { timestampAuthority: serviceUrl(timestampAuthority) } : {}),
    };
}
/** The service that began last among those that are valid now and speak a version that we speak. */
function newest(services, maxVersion, now) {
    return services
        .filter(({ majorApiVersion, validFor }) => {
        const from = validFor?.start ?? new Date(0);
        return (majorApiVersion <= maxVersion && from <= now && (validFor?.end === undefined || now <= validFor.end));
    })
        .sort((a, b) => (b.validFor?.start?.getTime() ?? 0) - (a.validFor?.start?.getTime() ?? 0))[0];
}
/**
 * A service's URL without a slash at its end; HTTPS, or HTTP on this machine.
 *
 * @throws UserError `invalid-endpoints`
 */
function serviceUrl(text) {
    const url = URL.parse(text);
    const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url?.hostname ?? '');
    if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
        throw invalid(`${JSON.stringify(text.slice(0, 200))} is not an https URL`);
    }
    if (url.username !== '' || url.password !== '') {
        throw invalid('a URL holds a user name or password, which would be shown in logs');
    }
    return url.href.replace(/\/$/, '');
}
function invalid(reason, cause) {
    return new errors/* UserError */.yo(`The sigstore endpoints cannot be used: ${reason}`, {
        code: 'invalid-endpoints',
        fix: 'Pass public-good, github, lines of fulcio=URL, rekor=URL (or rekor-v2=URL) and tsa=URL, or the path of a signing config.',
        ...(cause === undefined ? {} : { cause }),
    });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var core_dist = __webpack_require__(83917);
// EXTERNAL MODULE: ./build/packages/evidence/src/keys.js
var keys = __webpack_require__(68301);
;// CONCATENATED MODULE: ./build/packages/evidence/src/sigstore/keyless.js






/** Fulcio's extension with the OIDC issuer as a DER UTF8String. Source: sigstore/fulcio, docs/oid-info.md. */
const ISSUER_OID = '1.3.6.1.4.1.57264.1.8';
/** The same, older, as bare bytes. */
const ISSUER_V1_OID = '1.3.6.1.4.1.57264.1.1';
/** The repository whose job asked: URI. */
const REPOSITORY_OID = '1.3.6.1.4.1.57264.1.12';
/**
 * A signer with a key that is made here and never leaves, and a certificate that binds it to the job's identity for
 * ten minutes. Make it after the long work.
 *
 * @throws UserError `invalid-token`, `certificate-refused`
 */
async function keylessSigner(options, ports) {
    const { endpoints } = options;
    const token = await options.token();
    ports.log.mask(token);
    assertToken(token);
    const pair = (0,external_node_crypto_.generateKeyPairSync)('ec', { namedCurve: 'P-256' });
    const signer = (0,src_signer/* keySigner */.Ye)({ key: pair.privateKey, publicKey: (0,keys/* describePublicKey */.a)(pair.publicKey) }, ports);
    const certificate = await requestCertificate(signer, token, endpoints);
    const { rekor, timestampAuthority } = endpoints;
    return {
        ...signer,
        certificate,
        witnesses: [
            ...(rekor ? [rekorWitness(rekor)] : []),
            ...(timestampAuthority ? [timestampWitness(timestampAuthority, ports)] : []),
            ...(options.witnesses ?? []),
        ],
    };
}
async function requestCertificate(signer, token, endpoints) {
    const { FulcioSigner } = await Promise.all(/* import() */[__webpack_require__.e(335), __webpack_require__.e(179)]).then(__webpack_require__.t.bind(__webpack_require__, 15179, 19));
    const { pem } = signer.publicKey;
    const fulcio = new FulcioSigner({
        fulcioBaseURL: endpoints.fulcio,
        identityProvider: { getToken: async () => token },
        keyHolder: {
            sign: async (data) => ({
                signature: await signer.sign(data),
                key: { $case: 'publicKey', publicKey: pem },
            }),
        },
        timeout: 30_000,
        retry: { retries: 3 },
    });
    try {
        // It signs data and returns the certificate beside; only the certificate is of use here.
        const { key } = await fulcio.sign(Buffer.alloc(0));
        if (key.$case !== 'x509Certificate') {
            throw new Error('it returned no certificate');
        }
        return readCertificate(key.certificate, pem);
    }
    catch (cause) {
        // A server may repeat the token in what it says.
        const reason = reasons(cause).join(': ').replaceAll(token, '***');
        throw new errors/* UserError */.yo(`The certificate authority ${endpoints.fulcio} gave no certificate: ${reason}`, {
            code: 'certificate-refused',
            fix: 'Check that the job reaches it, and that it accepts the tokens of this CI service; then run this step again.',
        });
    }
}
function reasons(error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return [(0,errors/* describeError */.Uc)(error).message, ...(cause === undefined ? [] : reasons(cause))];
}
/** Refuses a certificate for another key: all signatures made with it would be void. */
function readCertificate(pem, publicKey) {
    const node = new external_node_crypto_.X509Certificate(pem);
    if (node.publicKey.export({ type: 'spki', format: 'pem' }).toString() !== publicKey) {
        throw new Error('the certificate is for another key');
    }
    const certificate = core_dist.X509Certificate.parse(pem);
    const subject = certificate.subjectAltName;
    const text = (oid) => certificate.extension(oid)?.valueObj.subs[0]?.value.toString('utf8');
    const issuer = text(ISSUER_OID) ?? certificate.extension(ISSUER_V1_OID)?.value.toString('utf8');
    const repository = text(REPOSITORY_OID);
    if (!subject || !issuer) {
        throw new Error('the certificate names no identity or no issuer');
    }
    return { pem, der: Buffer.from(node.raw), subject, issuer, ...(repository ? { repository } : {}) };
}
/** The library would show a token that it cannot read in its error. */
function assertToken(token) {
    let claims;
    try {
        claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    }
    catch {
        claims = undefined;
    }
    if (typeof claims?.sub !== 'string' || token.split('.').length !== 3) {
        throw new errors/* UserError */.yo('What the CI service gave as OIDC token is not a token with a subject', {
            code: 'invalid-token',
            fix: 'Check the id-token settings of the CI service.',
        });
    }
}

// EXTERNAL MODULE: ./build/packages/evidence/src/key-material.js
var key_material = __webpack_require__(37370);
;// CONCATENATED MODULE: ./build/actions/sign-image/src/instance.js



/**
 * The sigstore instance of the input `sigstore-endpoints`; without it the public good one, but not for a private
 * repository: its name would stand in a public log for ever.
 *
 * @throws UserError `private-repository`, `invalid-endpoints`, `file-not-found`
 */
async function sigstoreInstance(input, now) {
    if (input === undefined && (await repositoryIsPrivate())) {
        throw new errors/* UserError */.yo('Signing keyless here would publish the name of this private repository in a public log', {
            code: 'private-repository',
            fix: 'Set sigstore-endpoints: github to keep it private, a private instance, or public-good if it may be public.',
        });
    }
    return readEndpoints(await (0,trust/* textOrFile */.r5)(input ?? 'public-good', 'sigstore-endpoints'), now);
}
/** What GitHub tells of the repository in the event that started the job; other machines tell nothing. */
async function repositoryIsPrivate() {
    const file = process.env.GITHUB_EVENT_PATH;
    const text = file ? await (0,promises_.readFile)(file, 'utf8').catch(() => '{}') : '{}';
    try {
        const event = JSON.parse(text);
        return event.repository?.private === true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/actions/sign-image/src/signers.js




/** The audience of tokens for sigstore's certificate authorities. */
const AUDIENCE = 'sigstore';
/**
 * The signers that the inputs ask for, and who vouches for what they make.
 *
 * @throws UserError `key-missing` for a method without its key, and those of the key readers
 */
async function signers(inputs, ports) {
    const methods = inputs.method ?? [
        ...(inputs.key || inputs.kms ? ['key'] : []),
        ...(inputs['openpgp-key'] ? ['openpgp'] : []),
        ...(inputs['minisign-key'] ? ['minisign'] : []),
    ];
    const wants = (method) => methods.includes(method);
    const witnesses = timestampAuthority(inputs, ports);
    return {
        glance: wants('glance'),
        keyless: wants('sigstore-keyless') ? await keylessMethod(inputs, witnesses, ports) : undefined,
        trustedRoots: await roots(inputs, wants('sigstore-keyless'), ports),
        signer: wants('key') || wants('glance') ? { ...(await keyMethod(inputs, ports)), witnesses } : undefined,
        openpgp: wants('openpgp') ? await openpgpMethod(inputs, ports) : undefined,
        minisign: wants('minisign') ? await minisignMethod(inputs, ports) : undefined,
    };
}
/** Who vouches for certificates and timestamps: what is given, else the public good instance. */
async function roots(inputs, keyless, ports) {
    return (await (0,trust/* givenRoots */.ZX)(inputs['trusted-root'])) ?? (keyless ? await (0,trusted_root/* fetchTrustedRoots */.j)(ports) : undefined);
}
function timestampAuthority(inputs, ports) {
    const url = inputs['timestamp-authority'];
    if (!url) {
        return [];
    }
    if (!inputs['trusted-root']) {
        throw new errors/* UserError */.yo('timestamp-authority needs trusted-root: nothing else says whose timestamps to believe', {
            code: 'trusted-root-missing',
            fix: "Pass a trusted root with the authority's certificates: `cosign trusted-root create --timestamp-certificate-chain chain.pem`.",
        });
    }
    return [timestampWitness(serviceUrl(url), ports)];
}
async function keylessMethod(inputs, witnesses, ports) {
    const token = jobIdentity();
    const endpoints = await sigstoreInstance(inputs['sigstore-endpoints'], ports.clock.now());
    if (endpoints.name !== 'public-good' && !inputs['trusted-root']) {
        throw new errors/* UserError */.yo(`Signing keyless with ${endpoints.name} needs trusted-root`, {
            code: 'trusted-root-missing',
            fix: 'Pass the trusted root of that instance, so that what is signed can be verified: `gh attestation trusted-root` for GitHub, `cosign trusted-root create` for a private one.',
        });
    }
    return {
        instance: endpoints.name,
        logged: endpoints.rekor !== undefined,
        open: () => keylessSigner({ endpoints, token: () => token(AUDIENCE), witnesses }, ports),
    };
}
async function keyMethod(inputs, ports) {
    if (inputs.kms) {
        const given = inputs['public-key'];
        const { publicKey } = given ? (0,key_material/* readTrustedKeys */.sr)(await (0,key_material/* keyMaterial */.vN)(given, 'public-key'), 'public-key') : {};
        if (!publicKey) {
            throw keyMissing('kms', 'public-key');
        }
        return (0,src_signer/* commandSigner */.aY)(inputs.kms.split(/\s+/), publicKey, ports);
    }
    if (!inputs.key) {
        throw keyMissing('key', 'key');
    }
    const pem = await (0,key_material/* keyMaterial */.vN)(inputs.key, 'key');
    ports.log.mask(pem);
    return (0,src_signer/* keySigner */.Ye)((0,keys/* readPrivateKey */.$k)(pem, inputs.passphrase), ports);
}
async function openpgpMethod(inputs, ports) {
    if (!inputs['openpgp-key']) {
        throw keyMissing('openpgp', 'openpgp-key');
    }
    const armored = await (0,key_material/* keyMaterial */.vN)(inputs['openpgp-key'], 'openpgp-key');
    ports.log.mask(armored);
    return (0,src_openpgp/* readOpenPgpKey */.ng)(armored, inputs['openpgp-passphrase']);
}
async function minisignMethod(inputs, ports) {
    if (!inputs['minisign-key']) {
        throw keyMissing('minisign', 'minisign-key');
    }
    const text = await (0,key_material/* keyMaterial */.vN)(inputs['minisign-key'], 'minisign-key');
    ports.log.mask(text);
    return (0,minisign/* readMinisignKey */.m9)(text, inputs['minisign-passphrase']);
}
function keyMissing(method, input) {
    return new errors/* UserError */.yo(`The method ${method} needs the input ${input}`, {
        code: 'key-missing',
        fix: `Pass ${input} from a secret, or leave the method out.`,
    });
}

// EXTERNAL MODULE: ./build/actions/sign-image/src/summary.js + 2 modules
var summary = __webpack_require__(22288);
;// CONCATENATED MODULE: ./build/actions/sign-image/src/sign.js







/** Signs the image and says what was written. */
async function sign(image, inputs, ports) {
    const { folder, name, version } = image;
    const evidence = inputs.evidence ?? (await (0,src_folder/* readEvidence */.At)(folder)).map((entry) => entry.name);
    const permit = await (0,approval/* requiredApproval */.f)(image, inputs, ports);
    const using = await signers(inputs, ports);
    const result = await signFolder({
        ...image,
        title: (0,outcome/* title */.D)(image),
        expectedSha256: inputs['expected-sha256']?.toLowerCase(),
        permit,
        evidence,
        annotations: (0,release_statement/* readAnnotations */.ti)(inputs.annotations ?? []),
        release: { name, version: version || '0' },
        upload: inputs['upload-attestations'] ? uploader(inputs, using, ports) : undefined,
        ...using,
    }, ports);
    const paths = (names) => names.map((file) => (file === undefined ? '' : `${folder}/${file}`)).join('\n');
    return {
        outputs: {
            sha256: result.sha256,
            checksums: paths(result.checksums),
            signatures: paths(result.signatures),
            bundles: paths(result.bundles),
            attestations: paths(result.attestations),
            'attestation-urls': result.uploaded.join('\n'),
            methods: (0,outcome/* methodNames */.A)(result.provenBy),
            identity: result.identity?.subject,
            issuer: result.identity?.issuer,
            'trusted-root': paths([result.identity?.root]),
            'public-keys': paths([result.publicKeys]),
            'verify-commands': `${folder}/VERIFY.md`,
        },
        summary: (0,summary/* signSummary */.I)((0,outcome/* title */.D)(image), result, permit !== undefined),
    };
}
/** Stores statements where `gh attestation verify` looks for them; it believes identities only. */
function uploader(inputs, using, ports) {
    const { GITHUB_REPOSITORY: repository, GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: server } = process.env;
    const token = inputs['github-token'];
    if (!using.keyless) {
        throw new errors/* UserError */.yo('upload-attestations needs the method sigstore-keyless', {
            code: 'keyless-missing',
            fix: 'Add sigstore-keyless to method: gh attestation verify believes no signatures by a key.',
        });
    }
    if (!repository || !token) {
        throw new errors/* UserError */.yo('upload-attestations needs a repository on GitHub and github-token', {
            code: 'not-on-github',
            fix: 'Use it in a job on GitHub with attestations: write, or leave it out.',
        });
    }
    const store = { apiUrl: apiUrl ?? 'https://api.github.com', repository, token };
    return async (bundles) => {
        const ids = await uploadAttestations(store, bundles, ports);
        return ids.map((id) => `${server ?? 'https://github.com'}/${repository}/attestations/${id}`);
    };
}


/***/ })

};
