export const id = 377;
export const ids = [377];
export const modules = {

/***/ 1377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pinnedKeys: () => (/* reexport */ pinnedKeys),
  readClearsigned: () => (/* reexport */ readClearsigned),
  readDetached: () => (/* reexport */ readDetached),
  readSignaturePackets: () => (/* reexport */ readSignaturePackets),
  verifySignatures: () => (/* reexport */ verifySignatures)
});

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./node_modules/openpgp/dist/node/openpgp.mjs
var openpgp = __webpack_require__(3074);
// EXTERNAL MODULE: ./build/packages/media/src/clearsigned.js
var clearsigned = __webpack_require__(2863);
;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-signature.js



const CLEAR_END = '-----END PGP SIGNATURE-----';
/**
 * The signed text of a clearsigned list. What stands before or after the block is not signed and not looked at.
 *
 * @throws UserError `invalid-signature` when there is not exactly one well-formed block
 */
async function readClearsigned(bytes, name) {
    const lines = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
    const begins = lines.flatMap((line, index) => (line.trimEnd() === clearsigned/* CLEAR_BEGIN */.m ? [index] : []));
    const ends = lines.flatMap((line, index) => (line.trimEnd() === CLEAR_END ? [index] : []));
    const [begin] = begins;
    const [end] = ends;
    if (begins.length !== 1 || ends.length !== 1 || begin === undefined || end === undefined || end < begin) {
        throw invalid(name, `it has ${begins.length} clearsigned blocks, ${ends.length} of them complete`);
    }
    let message;
    try {
        message = await (0,openpgp/* readCleartextMessage */.cL)({
            cleartextMessage: `${lines.slice(begin, end + 1).join('\n')}\n`,
        });
    }
    catch (cause) {
        throw invalid(name, cause instanceof Error ? cause.message : 'it is not well-formed');
    }
    const text = message.getText();
    // RFC 9580 section 7: the signed text has CR LF line ends.
    const inner = await (0,openpgp/* createMessage */.oH)({ text: text.replaceAll('\n', '\r\n') });
    const { signature } = message;
    return { packets: signaturePackets(signature), literal: literalOf(inner), text };
}
/** A detached signature over a list's bytes, armored or binary. */
async function readDetached(signature, data, name) {
    const packets = await readSignaturePackets(signature, name);
    const message = await (0,openpgp/* createMessage */.oH)({ binary: data });
    return { packets, literal: literalOf(message), text: Buffer.from(data).toString('utf8') };
}
/**
 * The packets of a detached signature.
 *
 * @throws UserError `invalid-signature`
 */
async function readSignaturePackets(signature, name) {
    const text = Buffer.from(signature).toString('latin1');
    try {
        return signaturePackets(text.includes('-----BEGIN PGP SIGNATURE-----')
            ? await (0,openpgp/* readSignature */.Bc)({ armoredSignature: text.slice(text.indexOf('-----BEGIN PGP SIGNATURE-----')) })
            : await (0,openpgp/* readSignature */.Bc)({ binarySignature: new Uint8Array(signature) }));
    }
    catch (cause) {
        throw invalid(name, cause instanceof Error ? cause.message : 'it is not an OpenPGP signature');
    }
}
function signaturePackets(signature) {
    return [...signature.packets];
}
function literalOf(message) {
    return message.packets[0] ?? {};
}
function invalid(name, reason) {
    return new errors/* UserError */.yo(`The signature in ${name} cannot be read: ${reason}`, {
        code: 'invalid-signature',
        fix: "Pass the vendor's signature as it was published: .sign, .gpg, .asc or .sig beside the list, or nothing for a clearsigned list.",
    });
}

// EXTERNAL MODULE: ./build/packages/media/src/day.js
var day = __webpack_require__(1424);
;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-packets.js
/** Tags of RFC 9580 section 5 that begin a transferable key. */
const PUBLIC_KEY = 6;
const SECRET_KEY = 5;
/**
 * Cuts a binary keyring into its keys, so that one that cannot be read does not hide the others.
 *
 * @returns the keys' bytes, and what is wrong with the bytes that belong to none
 */
function splitKeys(bytes) {
    const starts = [];
    let offset = 0;
    let rest;
    while (offset < bytes.length) {
        const packet = readPacket(bytes, offset);
        if (!packet) {
            rest = `no packet at byte ${offset}`;
            break;
        }
        if (packet.tag === PUBLIC_KEY || packet.tag === SECRET_KEY) {
            starts.push(offset);
        }
        offset = packet.end;
    }
    const keys = starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? offset));
    return { keys, rest: rest ?? (keys.length === 0 ? 'no key in it' : undefined) };
}
/** One packet's header (RFC 9580 section 4.2); undefined where there is none or it does not end. */
function readPacket(bytes, offset) {
    const first = bytes[offset] ?? 0;
    if ((first & 0x80) === 0) {
        return undefined;
    }
    const newFormat = (first & 0x40) !== 0;
    const tag = newFormat ? first & 0x3f : (first >> 2) & 0x0f;
    const body = newFormat ? newLength(bytes, offset + 1) : oldLength(bytes, offset + 1, first & 0x03);
    const end = body ? body.start + body.length : Number.NaN;
    return end <= bytes.length ? { tag, end } : undefined;
}
/** Partial lengths (224 to 254) belong to data packets only, never to keys. */
function newLength(bytes, at) {
    const first = bytes[at] ?? 0;
    if (first < 192) {
        return { start: at + 1, length: first };
    }
    if (first < 224) {
        return { start: at + 2, length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192 };
    }
    return first === 255 ? { start: at + 5, length: bigEndian(bytes, at + 1, 4) } : undefined;
}
function oldLength(bytes, at, type) {
    const width = [1, 2, 4][type];
    return width === undefined ? undefined : { start: at + width, length: bigEndian(bytes, at, width) };
}
function bigEndian(bytes, at, width) {
    let value = 0;
    for (let index = 0; index < width; index += 1) {
        value = value * 256 + (bytes[at + index] ?? 0);
    }
    return value;
}

;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-keys.js



const ARMOR = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;
/**
 * Reads every public key of some files or texts, armored or binary, several in each. Vendors publish files where one
 * key is of a kind that this reader does not know: such a key is skipped, the others are used.
 */
async function readKeyring(sources) {
    const keys = [];
    const skipped = [];
    for (const source of sources) {
        for (const block of await keyBlocks(source, skipped)) {
            try {
                // A secret key that somebody put here serves by its public half.
                keys.push((await (0,openpgp/* readKey */.YZ)({ binaryKey: block })).toPublic());
            }
            catch (error) {
                skipped.push(`A key was skipped: ${message(error)}`);
            }
        }
    }
    return { keys, skipped };
}
async function keyBlocks(source, skipped) {
    const text = Buffer.from(source).toString('latin1');
    const armored = text.match(ARMOR);
    if (!armored) {
        return split(source, skipped);
    }
    const blocks = [];
    for (const block of armored) {
        try {
            const { data } = await (0,openpgp/* unarmor */.HB)(block);
            blocks.push(...split(data, skipped));
        }
        catch (error) {
            skipped.push(`An armored block was skipped: ${message(error)}`);
        }
    }
    return blocks;
}
function split(bytes, skipped) {
    const { keys, rest } = splitKeys(bytes);
    if (rest) {
        skipped.push(`Bytes that are no OpenPGP key were skipped: ${rest}`);
    }
    return keys;
}
/** Upper-case hex, as people compare it. */
function fingerprintOf(key) {
    return key.getFingerprint().toUpperCase();
}
/** The first user id, or the fingerprint where there is none. */
function nameOf(key) {
    return key.getUserIDs()[0] ?? fingerprintOf(key);
}
/**
 * Brings a fingerprint to upper-case hex without spaces or `0x`: 40 digits, or 64 for keys of version 5 and 6.
 *
 * @throws UserError `invalid-fingerprint`; short key ids are refused, others can be made to match them
 */
function normaliseFingerprint(text) {
    const hex = text.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
    if (!/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(hex)) {
        throw new errors/* UserError */.yo(`${JSON.stringify(text.slice(0, 80))} is not a fingerprint`, {
            code: 'invalid-fingerprint',
            fix: 'Write the whole fingerprint, 40 or 64 hex digits, as `gpg --show-keys` prints it.',
        });
    }
    return hex;
}
function message(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-verify.js




/**
 * Accepts the first signature that a pinned key made.
 *
 * @param literal what the signatures are over, as openpgp.js packs it
 * @throws UserError `bad-signature`, `wrong-signer`, `missing-key`, `revoked-key`, `expired-key`, `weak-signature`
 */
async function verifySignatures(packets, literal, options) {
    const failures = [];
    for (const packet of packets) {
        try {
            return await verifyOne(packet, literal, options);
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo)) {
                throw error;
            }
            failures.push(error);
        }
    }
    // A broken signature of the right key says more than a stranger's beside it.
    const order = [
        'bad-signature',
        'revoked-key',
        'expired-key',
        'weak-signature',
        'missing-key',
        'wrong-signer',
    ];
    failures.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
    throw failures[0] ?? bad('there is no signature in it');
}
async function verifyOne(packet, literal, options) {
    // A damaged signature may name none, though the types say that it always does; any key would match it.
    if (packet.issuerKeyID === undefined) {
        throw bad('it does not say which key made it');
    }
    const issuer = issuerOf(packet);
    const key = options.keys.find((candidate) => candidate.getKeys(packet.issuerKeyID).length > 0);
    const signing = key?.getKeys(packet.issuerKeyID)[0];
    if (!key || !signing) {
        throw strangerOrMissing(issuer, options.fingerprints);
    }
    const fingerprint = fingerprintOf(key);
    if (!options.fingerprints.some((pin) => pin === fingerprint || pin === fingerprintOf(signing))) {
        throw wrongSigner(`${fingerprint} (${nameOf(key)})`, options.fingerprints);
    }
    const { signatureType, created } = packet;
    if ((signatureType !== openpgp/* enums */.vP.signature.binary && signatureType !== openpgp/* enums */.vP.signature.text) || !created) {
        throw bad(`${fingerprint} made it as another kind of signature, not over a file`);
    }
    try {
        await packet.verify(signing.keyPacket, signatureType, literal, options.now, true, openpgp/* config */.$W);
    }
    catch (error) {
        throw judge(error, fingerprint);
    }
    const keyExpires = await checkKey(key, signing, created, options);
    return { fingerprint, name: nameOf(key), signedAt: created, keyExpires };
}
/**
 * Whether the key was good when it signed. Its expiry is judged at the signature's time; a revocation counts whenever
 * it was made, because nobody can tell when a stolen key was used.
 *
 * @returns when the key ends
 */
async function checkKey(key, signing, created, options) {
    const fingerprint = fingerprintOf(key);
    const subkey = 'mainKey' in signing ? signing : undefined;
    const revoked = (await key.isRevoked(undefined, undefined, options.now)) ||
        (subkey && (await isSubkeyRevoked(subkey, options.now)));
    if (revoked) {
        throw keyError('revoked-key', `The key ${fingerprint} is revoked`);
    }
    if (signing.getCreationTime() > created) {
        throw bad(`it is dated before its key ${fingerprint} was made`);
    }
    // A key that was extended after it signed may come with newer self-signatures only: judge it as of those.
    const at = new Date(Math.max(created.getTime(), validFrom(key, signing)));
    try {
        await key.getSigningKey(signing.getKeyID(), at);
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw keyError(/expired/i.test(reason) ? 'expired-key' : 'weak-signature', `The key ${fingerprint} could not sign on ${(0,day/* day */.v)(created)}: ${reason}`);
    }
    const ends = await expiry(key, subkey, at);
    if (ends && ends <= created) {
        throw keyError('expired-key', `The key ${fingerprint} had expired on ${(0,day/* day */.v)(ends)}, before the signature`);
    }
    if (ends && options.strictExpiry && ends <= options.now) {
        throw keyError('expired-key', `The key ${fingerprint} expired on ${(0,day/* day */.v)(ends)}`);
    }
    return ends;
}
/** The earlier end of the primary key and of the subkey that signs; undefined when neither ends. */
async function expiry(key, subkey, at) {
    const ends = [await key.getExpirationTime(), await subkey?.getExpirationTime(at)];
    const dates = ends.filter((end) => end instanceof Date);
    return dates.sort((a, b) => a.getTime() - b.getTime())[0];
}
/** When the oldest self-signatures in this copy of the key were made, in milliseconds. */
function validFrom(key, signing) {
    const users = key.users.flatMap((user) => user.selfCertifications);
    const bindings = 'mainKey' in signing ? signing.bindingSignatures : [];
    const oldest = [users, bindings].map((signatures) => Math.min(...signatures.flatMap(({ created }) => (created ? [created.getTime()] : []))));
    return Math.max(0, ...oldest.filter(Number.isFinite));
}
/** openpgp.js takes the signature to check against as optional; its types do not say so. */
async function isSubkeyRevoked(subkey, now) {
    const check = subkey.isRevoked.bind(subkey);
    return check(undefined, undefined, now);
}
/** The issuer as the signature names it: a fingerprint where it has one, else a key id. */
function issuerOf(packet) {
    const { issuerFingerprint } = packet;
    const hex = issuerFingerprint ? Buffer.from(issuerFingerprint).toString('hex') : packet.issuerKeyID.toHex();
    return hex.toUpperCase();
}
function strangerOrMissing(issuer, pins) {
    const pinned = pins.find((pin) => pin === issuer || (issuer.length === 16 && pin.endsWith(issuer)));
    if (!pinned) {
        return wrongSigner(`the key ${issuer}, which is not in the keyring`, pins);
    }
    return new errors/* UserError */.yo(`The key ${pinned} made the signature and is pinned, but the keyring does not hold it`, {
        code: 'missing-key',
        fix: 'Add the key to the file in "keyring".',
    });
}
function wrongSigner(who, pins) {
    return new errors/* UserError */.yo(`The signature was made by ${who}, not by a pinned key (${pins.join(', ')})`, {
        code: 'wrong-signer',
        fix: 'Do not use this medium unless the vendor itself announces that key; then pin its fingerprint.',
    });
}
function judge(error, fingerprint) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/insecure/i.test(reason)) {
        return keyError('weak-signature', `The signature of ${fingerprint} is too weak: ${reason}`);
    }
    return bad(`${fingerprint} did not sign these bytes (${reason})`);
}
function bad(reason) {
    return new errors/* UserError */.yo(`The signature is wrong: ${reason}`, {
        code: 'bad-signature',
        fix: 'Download list and signature again from the vendor; if it stays wrong, do not use the medium.',
    });
}
function keyError(code, text) {
    return new errors/* UserError */.yo(text, {
        code,
        fix: "Get the vendor's current key, or a list signed by a current key.",
    });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/packages/media/src/vendor-keys.js
/**
 * The vendors' public signing keys, by fingerprint: what `gpg --export --export-options export-minimal` gives, base64.
 * From Debian's packages debian-keyring 2026.06.27, ubuntu-keyring 2023.11.28.1, distribution-gpg-keys 1.123 and
 * archlinux-keyring 20260909. A copy can be older than its key's extension: `keyring` brings a newer one. No copy is
 * trusted for being here: the fingerprint is computed from it and compared with the pinned one.
 */
const VENDOR_KEYS = {
    // Debian CD signing key <debian-cd at lists.debian.org>
    DF9B9C49EAA9298432589D76DA87E80D6294BE9B: 'mQINBE0kXpEBEADotFhQLHYo3KgoGE+Rr9wVEms+iQMIrUiYy0H66iGz8L8nw7D5X4wuvpx9OFG2rhEK1wQQYWpPeG26eYDXKJsGpWh1+GbQGp7xVb+kPQYZEUf0tCwi4nBE8gfufMaJF9u+p0oaVq0UohaZ5O7/Qj8NfWa+1v7xEq/p+LeO0OVB68SLlr4hrUCeHAYRiE707mocjZA7CGCRiY3hFGUVVGfkWYXd7d9J1vnfOJTXgEXbmtR/08NR1sUq+oq45dYea29VcS0Jq8tu8SF4eZvdYfp9Mf5/pB1yyjPc1M2xraoIWx9lmbrgm7+Ws4bUhf8wQHFzb5MzL45ta59PGtercUmdMgYlouZMSU0DxJ/ochA4/XU2dDYwh7TX1zhkJonBoRW0Jkdu3SyGoYnsSiEYzYpjzDLwt5HVo4w/RmC9ustZYajRulacvcRLkpOe/QJAlJsjHjtDAcZBkWc9eNiHnqMX8z5YB3VSYB6LSHh8RCb/NQq2gnIlRZAjPZ5ZeQAADexBKpaMqxVP3YLKR2bQX1uoNa1kfWwXEQzMhHy9gWfTAWzmCWw/UjS80eObjrTZ+mR02yRMqoy1lPcviE1gd4qHUQTydESmKNeY/z7DRrJX/Oh6oxeL7rLk+/eCftDDUwI07FIas1FXM43JquRVri7hKStpm5o52pSrvr2IKJqLBwARAQABtDJEZWJpYW4gQ0Qgc2lnbmluZyBrZXkgPGRlYmlhbi1jZEBsaXN0cy5kZWJpYW4ub3JnPokCOAQTAQgAIgUCTSRekQIbAwYLCQgHAwIGFQgCCQoLBBYCAwECHgECF4AACgkQ2ofoDWKUvptnNxAAmTRLeQ9Rr2MTBQcBA5JFZAjBohB3kz0/8AA3Km8SXUwVH3Ccb+jDITBXo2Ws0WtdvouQXHo/BKvSmLQo7hsQry0lZ935ba0L+2h5WH0oHM/mPXBAbNcSQKpkGtzJqS1gJXyEnbautM/QRfqsPtga98qfZTN7wUkp0aQfV8Ri2d/9l8wnHjjXKltRUR5+dVq3RuhtOurt92pX3ZzyQMnK1eiPeh+y9c1GAZSNrnKkTco4npHCLTz+Ik7Ae5ALCdXlMoZzlKuf63yVXayEY1+1qN5pK9waEQhu8LZgcMjWT85GhrSRAjHjOxFMb/9SsgGyMwtt7K8o91aGPn1qmSwPjf3f6HdgL9LfOKBYTPLbXzH9iO4H0u0LmbrKD5qsb25Ck0NrSmylI7CtdWuEmfk+xLcHIno5dRQJvTHhMuRSv8IIbFdu7gOq2uJHQjg0hc35LjOtYX0GY9z9HWkg9MPNXP7rvitJd8ib1R7Mi/UshNO2ArsX0ZYhVRwBQ1YcBHuh2MdM62akujBe9m6vAp07yxsc7qYlas2IK/QPgjVzjJE6qPGunEn9LU31IehtdeeEr/kqS1/lnSAlzgpsvvfMmUpl/rPNsGQD8SMZOMCXkt8ctj2iNx+/21pOX7jGUv8u+Bf5d4+3hv1FPF0E48CXjg2u9uZ8RmG2sfgTxLbI7X25Ag0ETSRekQEQAPGfD7gztTfd/E7uvtwzqIeYK8P5ObnaPROfXiRt1HrFPz6MnlNXX+cQAxT8kIDUxdRIoFoyXUmPDFHAngvQn2Nti5b8eyBPegzA6xHJtN7I1ac+6hE7bCjbhYYhLbgY6c+v5/J9rFpHrikm2ej/rlpzdX4cbRtvfheeSUkLURktdVhqopNlYzydb8m6WYXdqe16URd8wCmyjKIid9PtNH5JrB3T+9aC+MgXdG+CSJdd97IG0xjcZ18js+ZTPSQ83tiJKf70r11H8B0tMMNXJvXB9y6X5Q5F1cK+mZ0eXIzWSzXhub8P8p92WnSveGkFE3/zYuAkEfBmeAQvX9MhDlVkNny0zTrrXajtxAsxUPb1/QWUysgXp/rkB/rln4LsRpRQcoBSxn9c2G7l9BHdCZySr6euJo7QQIC764p31gjARCPatPflB6LlXqD3qveRtFS31iS45N/Cd3RlyZyfOmN8JLur+z8lhrrJDOeBgzKRBDrzJehTKvO7Hr1hxqg17q/DFNMxTTMnRsO9oaAM6D/zXX/e2cOE+BZwBXkrICNye+yWHyk9VHUnpw/Oy3heqlQt/oK9veLxfJruslTRX4j0tjrZByRDkqm3IMVIJD9K6y1Pv2925O07X4IaKDJVNWw71MVeJZUpecXm6kyqUrtxq5MZhnQisjBJQUZcxIMnABEBAAGJAh8EGAEIAAkFAk0kXpECGwwACgkQ2ofoDWKUvpuWHQ/6A+2bPyXqJy4FZlkgIA8D+XLY7DV73SDH4kfXRA9X4rHU+NUHDmNoTHtuZzdNfXgsUtqcNWG/jwba9DSHsWsTFGhpbrlAZBUAELdtiG1LPZ+63G50cBOKP0jzf6QbwtsFXndRzGUGEICup/3ckyIowkHOhVd33ENWdzbmg8yUn/Zed6wejVEB9V3cG7AOfh6gqu7GK55gOt5ycVYMvZb46g7NQpMagmSoFzIfL0DuR00IHauq1uXocBi9V6OuZToYKHSvoP133NoU2LZjmu7PElPt8DWXUyAY3uzsliihaBY2napDbe4XhheJP0NRVtgyqiPSp9cmt06nMzYTlnTNDfVSZl6qCFCSBoFmqmmbV2UEIA+E8z8oWJZ2+jqMC27RV46L4a4kGYIIZUk99DlRCOnK6GO3Gor86RKdB1uXaFh0VUOu7+0aQa34KbuSNtXpT/5mNM5jytHawYoVbJ9OumJFF5SkrJQHptlvvKPN6thUdLeqxnNKF9kcqkCQedjnDKAR0YVeZgRp7YzSLJuCosiGMnAUpOypWnebZRSPFT4AgGZHgKlMiNeo0Ji2sMegFbUUNKsoTCBVkX9B7sN0CEpv0C1onJf5Q4CKEaIUJhqELSuIwotH0mMIHDixAoiWqm7CI3a2MBelVUXH2/WCbimZC1a04lfHnttnhBezjtA=',
    // Debian CD signing key <debian-cd at lists.debian.org>
    '10460DAD76165AD81FBC0CE9988021A964E6EA7D': 'mQINBErHgAYBEAD0/4lCeSfWqrf82acFDk0kc+unJn/uaBSZa+dLM8h8KQKJ+uBnPC7xtXOOkGV9IehExXyLtHkOqQ/qRzXUFc9dIofXRaqp4gWWNtqC3INzUJmovhSQWCdX/R+jpIP3F7MOKLbiUNKDCapefKXq3OECZQrBfTZVXboY3PF/1y0HhcVMNGptyLAg3Mi9Maqmn/lqf8HvmARemWWrr7LVerumrKgROBuB5kIhjSgfUgykqHDlKYTro1oxY5N7uTVriQE6zdFNfsB2NaV/VRsTYt/JCKqSD4hLYlDPMZ69mgXmzHGK06Jd2XvzxcvlAFb0avlC0ykgA/sh1nnu8WuavjrMqeIJHWmxUhlz9gbE0Ct5/f2JthBhTUi0EP+pX/kZgpcSKo0mf3VqyaN11i3rYnvZYKMXGjffKCrYmZ3vnLfchx9Y8Wm6/+fssdbRd/bx/5SxvG6pmbvyvCNjO0WC+PpnwBj24GnWnlXk9HDloM2zd9qf8iYLOXTeSPXUpaHfqGJkKcjy5lOFuSl/FQDzLl5dE4f/xk2cbBfp+VpNug5JLZGo/+JyR3Rb1RMZ1eZ0ZP9eJ9X3pJrXVobmC9edTF0rnYtLtuAN3SVPMDEdOXCpAFEfGKZZoiI9WVXzY13PBPVidpLwU7VGrWu/1Ra4KBkkN2ySlXRKRBDKyPkE8GIgCQARAQABtDJEZWJpYW4gQ0Qgc2lnbmluZyBrZXkgPGRlYmlhbi1jZEBsaXN0cy5kZWJpYW4ub3JnPokCNgQTAQgAIAUCSseABgIbAwYLCQgHAwIEFQIIAwQWAgMBAh4BAheAAAoJEJiAIalk5up9bMQP/2+9hSmFOeVi/3jlDWjjnlVDvVBbVxU1otx8ILWpl0Ov2UJUKr+hShSUoipeM7K/Jix1Jjw87k8sU9Ry2/MRxHU7QQhFDzIIbJCN3dk/BJBLVYh2XG9xexZB3f6BlRRe9W5vl7PbgYNmmmucjjJn4h4EE4ISzcJDZuHjLQEi37cfDcKWMGHg3OQQX5T8oGGIfGTEG9cbaHsQPeQGSwHLM12Ae8lExlpoozgJqrfhgTt1/NzpjlawaFYoLn7MXxjjG1apAbGYHtRPdZVzoVufhf8CjVM6uzGh2KVUhy2mUUoEOpYpaQwRkyxML2Q3d7jsWUGmC5zuzfg7AiAkDo0u7Ex2HERy2fGbPxWNudYg0jzvDNMOKhuzbXLOYyjTRUA2C2iysFheWRZY7Y1TsNQN2jtjreQ81KfKExNKoe49PPqRbGz/NKgpc+8AdDI+8w0mntU9+KpSeBSQwGRW2c/T0hMfs+wwFbOynHEvef9frtGlVbcwqwxCBept2xnByAmvlWzazyJvPL6crezWzJB8EWqe9mlsqXdXZMY6SC57mQ2Ywv/uP9KBJUBC4Ir7Ut6fF/GT1RBib4yW4vzDXSP7GLFdwNQpngPn0OV6UuhtLi659pIGfnjpsYerXOC57koowjmdfBDRk2js/nWvLOnoUSlMM21x5RJ1FAUqF1oimmyN',
    // Debian Testing CDs Automatic Signing Key <debian-cd at lists.debian.org>
    F41D30342F3546695F65C66942468F4009EA8AC3: 'mQINBFNNZNgBEAC1NWTQSUQLhW+QpaDc5I/9mSaRpxVcwEjGsEvCS+BzF7PhovG3GCt7MQ6WzIEMOWD4aAhSaPji5NZgM/cbJku1n4Nx6x/q+P1agfYingJoVAgn6LNhiMPzDFZd0S6nmYj/D22SGZY7ot/01q016s3PKyspkEO93R846tSaFl+Qnntq7UoZZ/G6pZ18GHGfva1riQ9i5yYbiKfNPvDeVsp0YOwmjtl1BL8WwtOLgEF90VX0djNROCuuj3q5ccf3ZEfN2I0B3gDjxlun0wgRysBNgp25trvd7Ejlx5cYi7WgT6/SAzmB7ZfYspCMXusFPOG6W4Ggi8cUTWVLO8vFR20BKukB9xYFo1RqsuZgEKxwuRcsjlGQOtHiJnrB1U5jOduDQ+Lcn5Fncer0vxk0UrjX8Sy5SksR8pSZNokIfJuheqRykqUaQhTfMDqtweUtVsSuE0mnFSxFyX0+IDkVwnTqpP0ub6BN9naAdTopxN1U3yN3stzBxCQdo5G33Unf0zSPAwFUzYkvHCdwOtaYq3XBvZ1K/vghKYSsZj47xew5oyU50JhtVMfj9/ft/E1l1htViPPOFOw9J4bE8sU0r/COFEmxCbAEs0HrYd926dmaOZfWu2PwAFskpH8ISJ+zDhfEcPuqiX/qACUzx2Zafi5fkj443UWfWh4GiVLODOvD3QARAQABtEVEZWJpYW4gVGVzdGluZyBDRHMgQXV0b21hdGljIFNpZ25pbmcgS2V5IDxkZWJpYW4tY2RAbGlzdHMuZGViaWFuLm9yZz6JAjgEEwEIACIFAlNNZNgCGwMGCwkIBwMCBhUIAgkKCwQWAgMBAh4BAheAAAoJEEJGj0AJ6orDN/YQAIq5QtT2W9UX5F8mebzSkZIxVDsGMQ3NihtGW9qPCFgh3XW302yGcqWzYW/mtkSSm88+B7a/R0hqkLxI6Xqa+NueYJMXUD7xR/KjCm+rz1GVb/C1i1ID+Lj3UZmV+FyRrzhaWgZ29/JdEvsUXcelXbequIL6NsrbWcbFYWDobA7XXthMcDNfff5e8jh0KUsH6CJxfIgybGnJv805IvMbIS8sLTcJvV+hEpUckNVAIRO+4UJxjkDd6VvA+fpDoRjYKTZpzCpAfY9m1xNAD1b39nSWId78vdkle+9Q4nSfLw6SQcYe6FexFYx64WzHxLLWLzizeHPcrBS+8H8qkY25cPqV7ZuKTUxRCCCR6enBuXEwqclV9FML8fOjufTtX/n0jEHVoG8VHqNRuDKRVGs/TRH71+17MJwM/gWmmuQaCkYoN4lGoJXrSzUUe9mHSwl8w9Oc/SnAmsVYnbMlJPzTfw49AFazO0gENTOvkO3oMPICBZYc8HltidxRzQjSysVZp4n87B3rIaeWnzK7cjKKAQVC4ZkkaRvyTHDI0yjh1eo8Oqo92qdiV5xsHMsIVPtHCA8zhMya1U/nA2FU9GJsB2X9MwbAhULXOFBat2UQae7xU5FbIUnSwGOwPzNXncTT/Fs8VX9HJnrEdXzW88nEzcA6azY4756WcXMhOaw+cQL/uQINBFNNZNgBEACtgV819H79cruCgvR0rs1AR7jUrV4wHS0UElxvR4mhR5wYabrzgsl8Xe3IEYoaQ8yqoX9VOiclmGxMvRXQluIeEDwH0LEJ3ZCgORSXxBz6IAISosxB0at8ZP4bM/FfXV0LqvgYMCR60g4iNVC2uvxwRGlTWtgce+9HuwxEj0c3XaqUkQD2+5iA/uYVPxgVRNEe0rz103LnuyrWiP57IqPyVdY4Jhoc0AmjYqdQ/j7HVHFRidWotnW/LBMR8NYyWkmXcycGCvic0aEuqYc/+kEApoM8PUMY4Qxn8JZyLE+o4RXRybQvru5R0TXKTtFVUOrVWfr7h9hBsoXKm6DxU9kM9JmSFgbA5nZlmCSefGrlB7eAQVHzadaICvz/EQ3bqP1Nrs1STqxz/ZLQ87mFScFCoyJktStxD5yk5CSx+rhl2+RDh1BdgLt2rb2oFuwWp07fI4WDZWhrMwrDkLA6msqcOl9Ov8wKPEhpcoimV4eEJ6ThhP10XEHlh907nVZO1oNvNSsOith1QH82xZ/saGWVIJYRywhuNZ6oGVHZUFcsKY8CRSmByqEnKI7/WBA8szBP6HClWJLXWFnFoK6MPotorWGAPwHjOJQGWqQNAPdroHXM1cYBV66NGqWB5itr7s7zgz8ofCtnFdqJ0Iot0v/y7Bxbc4zspd6wYH1QYN0nowARAQABiQIfBBgBCAAJBQJTTWTYAhsMAAoJEEJGj0AJ6orDjwcP/AzhtKK244mBf+xqo7FFEFyVvCriSe4S4AGSitwuzXzMwVXbBlrYxzk7g3TBGsEvDoSnOvM5sqM0N/gtO45frkg33DSBpDxqtHHEiX8Z3cCLf20Adr5H2pJEf2HzFsoBh6NHndYiUx9QmAAx2Tgm7LsApSDyMHQSHY7Le2BEU7HVKw1awsE78tuzt/wxYup9qMyUdO+pAlcsktjT1nEs+jQ2mH5otzHkMs7T6edtV7kngwIYi+EjKK/a5VW6pC0v6XbLeFbftrXzP7HjgmOBdehypsf4k31bsiOV+FBnrszI+0zXoW7Se8XiMmxRifTGbsW50q8LtQ0EJjdEPiIllPiihGU7i6VQLSc2RjmAg46Cef5flWIML/LvLEwTDLI9Pvt9Jk4F3tZT3E1I4lvwrqKj6fDcjIB/+1LBUqq+ke1zKVzGu34Gvn43rXBbHwhvxkVhJlEa0lqefxWWuaMoW48RthUCvPO4FlOCEd18HDesftGavFd++FtfUveYxwXth4rZT+WHgeG+5EvOaYg2s962BDa1cmkJ5ZatlxRy+cbzrY6B4qIQfIhI0XsWTKDF4bmipg1dfXSskAZwhP9C8KDevH5ky2+FMfdG9fanoffEY5Jp7z0cElvNUc/aBybem3L7dESRH0DY4stverN2tzzsQRrr685oBUNc19K+PrNj',
    // Ubuntu CD Image Automatic Signing Key (2012) <cdimage at ubuntu.com>
    '843938DF228D22F7B3742BC0D94AA3F0EFE21092': 'mQINBE+tjmgBEAC7pKK78t89DW7mvMoSgiScLfPNF8/TSF380is0hFRL3dOmcXEfNsX26jtv8bdvvtkElB1fPwOntmqSAsrLOuURVQ6GSxH7IDU5QFfaTIsudtLR5YTlC3ZuOTOb1HWEK26fDRXuIWjhFDXJH3KLv+rSrq0+x7ZtH++CHq5XJWk7VUh/wWcGxZefs7+1HTivymhjXCOwQvqblzZ5MAec9i4QIXxkqX1HY7ryxGVdjj9lApOnoU5EcSYr08cm7xQEgrdDLAZFQxDYBLDuV6E6jKEfAfwZINSEe4Ocm82vtCF5K0HiwhFU09ky2yogbMuTTi2f8ibN8SbbhZDJlDPd2ZkkpsKNfIALmOiPhHGvXGmtg6FdzRUOSGirSm8tcakpS+d0/IElbD453sksxg6s3cTs7Q+PudaccyQ0BqatMnzmfxCVOotT65kVnmz2P+4Q0gRSQ/Zi9Inz+OrzWxtn6/Tdw+FMUwvBccxW1r88k6uVLz23jW/8jOuwnUp4JKmZta/U2UZKTyPyrvTYhp/zK332BEnxiRY4ZfQjA4Iwlw00l4pYBDLLc6TFJtLbDv859UCisXa8MtWYWrlM3YfGFs9k1WemML8u79g2DK8g3VPkD94Q5anqufEGm74K/keOmss8cQoBX9VPFMpS1mFCT+2UdGP0UvMlADct0aFnAwtb9QARAQABtEFVYnVudHUgQ0QgSW1hZ2UgQXV0b21hdGljIFNpZ25pbmcgS2V5ICgyMDEyKSA8Y2RpbWFnZUB1YnVudHUuY29tPokCNwQTAQoAIQUCT62OaAIbAwULCQgHAwUVCgkICwUWAgMBAAIeAQIXgAAKCRDZSqPw7+IQkkhAEACJjZZXuAabMrC49Z52HywVZipJgoV5ufMi2LQYMkyGKVQQ/E74lUjccMmbQ4j00ihTYB+F/i29AxfavJnlSpWgmwjPO4YY5jvooUiXQmVHX10oM1w3+Y9wScmeUY3IhTtwiFaBJr6TZ7RvOTg/pbQ0GvzxNlkSobuqFCZ023mcl2Y7OkY1PZgxiLafD6Rx2O/gclQPs4YfHo8bKRA4o10702nE8YE+dixIgAQw67Txhq5idNxsWpudKq9J1fLgnEz7i9AJUOf12sg9X7ZvpXZ3QvMV5iOvLA4DRLv9HIxyz70XqeakS+uzfKXuCMzhdUTIb/tNACNB37+reIqdPsyUF3txVyWaL1jMkRsv617yKAiYvPNwMDRvrbKiJ4Icnd4tPzmqz5HBFUyULns3JzJNjpgKCvLGhVq+lVsdpMlpQxEG5/bhzJgB1jrIbkcOSfnQ1y0Gv9CItel+1q0BHMn0dPVWaNfKYFGsz4igW+uj//C09/gtGMm78PQfjqEoR2j/Tam/tmucxSK331yfm5ag2CQYGC3bswfII+4EanX9dN/RG3/2dsSyYruWpTIQG6Xa7+AZtYBDEXNYovgdJtXWyUtW0X7R6vIjh1HYer3dR6ivJ+q/bWGY45zHeNBNU33hlnlxEENif3RZ/j/w3SjGrtSQK69maNR6onq492e+6w==',
    // UEC Image Automatic Signing Key <cdimage at ubuntu.com>
    D2EB44626FDDC30B513D5BB71A5D6C4C7DB87C81: 'mQINBEqwKTUBEAC8V01JGfeYVVlwlcr0dmwF8n+We/lbxwArjR/gZlH7/MJEZnALQHUrDTpD3SkfbsjQgeNt8eS3Jyzoc2r3t2nos4rXPH4kIzAvtqslz6Ns4ZYjoHVkVC2oV8vYbxER+3/lDjTWVII7omtDVvqH33QlqYZ8+bQbs21lZb2ROJIQCiH0YzaqYR0I2SEykBL873V0ygdyW/mCMwniXTLUyGAUV4/28NOzw/6LGvJElJe4UqwQxl/aXtPIJjPka8LA8+nDi5/u6WEgDWgBhLEHvQG1BNdttm3WCjbu4zS3mNfNBidTamZfOaMJUZVYxhOB5kNQqyR4eYqFK/U+305eLrZ05ocadsmcQWkHQVbgt+g4yyFNl56N5AirkFjVtfArkUJfINGgJ7gkSeyqTJK24f33vsIpPwRQ5eFn7H4PwGc0Piym73YLJnlR94LNEG0ceOJ7u1r+WuaesIj+lKIZsG/rRLf7besaMCCtPcimVgEAmBoIdpTpdP3aa54w/dvfSwW47mGY14G5PBk/0MDy2Y5HOeXat3RXpGZZFh7zbwSQ93RhYH3bNPNd5lMu3ZRkYX19FWxoLCi5lx4K3flYhiolZ5i4KxJCoGRobsKjm74Xv2QlvCXYyAk5BnAQCsu5hKZ1sOhQADCcKz1Zbg8JRc3vmelaJ/VFvHTzs4hJTUvOowARAQABtDRVRUMgSW1hZ2UgQXV0b21hdGljIFNpZ25pbmcgS2V5IDxjZGltYWdlQHVidW50dS5jb20+iQI3BBMBAgAhAhsDAh4BAheABQJKsColBQsJCAcDBRUKCQgLBRYCAwEAAAoJEBpdbEx9uHyBLicP/jXjfLhs255oT8gmvBXS9WDGSdpPiaMxd0CHEyHuT/XdWsoUUYXAPAti8Fyk2K99mze+n4SLCRRJhxqYlcpVy2icc41/VkKI9d/pF4t54RM5TledYpKVV7xTgoUHZpuL2mWzaT61MzRAxUqqaU42/xSLxLt/noryPHo57IghJXbAcmgLhFT0fZmtDy9cD4IBvurZF6cRuMJXjxZmssntMHsFZl4PEC3oR/WgJA37OrjMVej9r+JA909vr5K/UO+P2gWYOH/2CnGDlaTu72wUrLf6QV5jMyKc6+G7fw5bTJd9lE8Km2H+4z9e+t7IOv9oxojvESu27exD4LU7SjzZloYnmlTCsdHwgSJVnf+lqXoZeUNT9Tmku8VzwCoExTwo9exaJUHeO8ABkfsJVmry40ovzQAHh427+6NpxgkWErVocnm54LPIQucZYJrg08s/azRzCjlsYChsaWMvGlMZQo52MuLvETHVPtSggP7sLeIOlS+8tO1ykSJY65j8AHYBV6hb9EOjWmqpx33GXn8AyCPiMs9/pmeOI0V6YMm6HCLAwZb+rRS6gcyt9dlWyLU0QLlpmwHSOVJMv2rnNCUtz6pb8y/o9AN2Z48RpH9C9cfv4dAfbtYn7uTd+M3gk4xyURREg2xuDnraYFs6cZ60/bSy63GxTyi/cCc0S57GgtOK',
    // Red Hat, Inc. (release key 2) <security at redhat.com>
    '567E347AD0044ADE55BA8A5F199E2F91FD431D51': 'mQINBErgSTsBEACh2A4b0O9t+vzC9VrVtL1AKvUWi9OPCjkvR7Xd8DtJxeeMZ5eF0HtzIG58qDRybwUe89FZprB1ffuUKzdE+HcL3FbNWSSOXVjZIersdXyH3NvnLLLF0DNRB2ix3bXG9Rh/RXpFsNxDp2CEMdUvbYCzE79K1EnUTVh1L0Of023FtPSZXX0cu7Pb5DI5lX5YeoXO6RoodrIGYJsVBQWnrWw4xNTconUfNPk0EGZtEnzvH2zyPoJhXGF+Ncu9XwbalnYde10OCvSWAZ5zTCpoLMTvQjWpbCdWXJzCm6G+/hx9upke546H5IjtYm4dTIVTnc3wvDiODgBKRzOl9rEOCIgOuGtDxRxcQkjrC+xvg5Vkqn7vBUyW9pHedOU+PoF3DGOM+dqv+eNKBvh9YF9ugFAQBkcG7viZgvGEMGGUpzNgN7XnS1gj/DPo9mZESOYnKceve2tIC87p2hqjrxOHuI7fkZYeNIcAoa83rBltFXaBDYhWAKS1PcXS1/7JzP0ky7d0L6Xbu/If5kqWQpKwUInXtySRkuraVfuK3Bpa+X1XecWi24JYHVtlNX025xx1ewVzGNCTlWn1skQN2OOoQTV4C8/qFpTW6DTWYurd4+fE0OJFJZQFbuhfXYwmRlVOgN5i77NTIJZJQfYFj38c/Iv5vZBPokO6mffrOTv3MHWVgQARAQABtDNSZWQgSGF0LCBJbmMuIChyZWxlYXNlIGtleSAyKSA8c2VjdXJpdHlAcmVkaGF0LmNvbT6JAjYEEwEIACACGwMGCwkIBwMCBBUCCAMEFgIDAQIeAQIXgAUCSuBJPAAKCRAZni+R/UMdUfIkD/9m3HWv07uJG26R3KBexTo2FFu3rmZs+m2nfW8R3dBX+k0oAOFpgJCsNgKwU81LOPrkMN19G0+Yn/ZTCDD7cIQ7dhYuDyEX97xh4une/EhnnRuhASzR+1xYbj/HcYZIL9kbslgpebMn+AhxbUTQF/mziug3hLidR9Bzvygq0Q09E11cOZL4BU6J2HqxL+9m2F+tnLdfhL7MsAq9nbmWAOpkbGefc5SXBSq0sWfwoes3X3yDQ8B5Xqr9AxABU7oUB+wRqvY69ZCxi/BhuuJCUxY89ZmwXfkVxeHl1tYfROUwOnJOGYSbI/o41KBK4DkIiDcT7QqvqvCyudnxZdBjL2QU6OrIJvWmKs319qSF9m3mXRStZzWtB89Pj5LZ6cdtuHvW9GO4qSoBLmAfB313pGkbgi1DE6tqCLHlA0yQ8zv99OWVcMDGmS7tVTZqfX1xQJ0N3bNORQNtikJC3G+zBCJzIeZleeDlMDQcww00yWU1oE7/To2UmykMGc7o9iggFWR2g0PIcKsA/SXdRKWPqCHG2uKHBvdRTQGupdXQ1sbV+AHwycyA/9H/mp/NUSNM2cqnBDcZ6GhlHt59zWtEveiuU5fpTbp4GVcFXbW8jStj8j8z1HI3cywZO8+YNPzqyx0JWsidXGkfzkPHyS4jTG84lfu2JG8m/nqLnRSeKpl20Q==',
    // Red Hat, Inc. (auxiliary key 3) <security at redhat.com>
    '7E4624258C406535D56D6F135054E4A45A6340B3': 'mQINBGIpIp4BEAC/o5e1WzLIsS6/JOQCs4XYATYTcf6B6ALzcP05G0W3uRpUQSrLFRKNrU8ZCelm/B+XSh2ljJNeklp2WLxYENDOsftDXGoyLr2hEkI5OyK267IHhFNJg+BN+T5Cjh4ZiiWij6o9F7x2ZpxISE9M4iI80rwSv1KOnGSw5j2zD2EwoMjTVyVE/t3s5XJxnDclB7ZqL+cgjv0mWUY/4+b/OoRTkhq7b8QILuZp75Y64pkrndgakm1T8mAGXV02mEzpNj9DyAJdUqa11PIhMJMxxHOGHJ8CcHZ2NJL2e7yJf4orTj+cMhP5LzJcVlaXnQYu8Zkqa0V6J1Qdj8ZXL72QsmyicRYXAtK9Jm5pvBHuYU2m6Ja7dBEBVkhe7lTKhAjkZC5ErPmANNS9kPdtXCOpwN1lOnmD2m04hks3kpH9OTX7RkTFUSwseARAfRID6RLfi59B9lmAbekecnsMIFMx7qR7ZKyQb3GOuZwNYOaYFevuxusSwCHv4FtLDIhk+Fge+EbPdEva+VLJeMOb02gC4V/cX/oFoPkxM1A5LHjkuAM+aFLAiIRdNp/tAPWk1k6yc+FqkcDqOttbP4ciiXb9JPtmzTCbJD8lgH0rGp8ufyMXC9x7/dqXTjsiGzyvlMnrkKB4GL4DqRFl8LAR02A3846DD8CAcaxoXggL2bJCU2rgUQARAQABtDVSZWQgSGF0LCBJbmMuIChhdXhpbGlhcnkga2V5IDMpIDxzZWN1cml0eUByZWRoYXQuY29tPokCUgQTAQgAPBYhBH5GJCWMQGU11W1vE1BU5KRaY0CzBQJiKSKeAhsDBQsJCAcCAyICAQYVCgkICwIEFgIDAQIeBwIXgAAKCRBQVOSkWmNAsyBfEACuTN/XYR+QyzeRw0pXcTvMqzNE4DKKr97hSQEwZH1/v1PEPs5O3psuVUm2iam7bqYwG+ryEskAgMHi8AJmY0lioQD5/LTSLTrM8UyQnU3g17DHau1NHIFTGyaW4a7xviU4C2+kc6X0u1CPHI1U4Q8prpNcfLsldaNYlsVZtUtYSHKPAUcswXWliW7QYjZ5tMSbu8jROMOc3mZuf0fcVFNu8+XSpN7qLhRNcPv+FCNmk/wkaQfH4Pv+jVsOgHqkV3aLqJeNkNUnpyEKYkNqo7mNfNVWOcl+Z1KKKwSkIi3vg8maC7rODsy6IX+Y96M93sqYDQomaaWue2gvw6thEoH4SaCrCL78mj2YFpeg1Oew4QwVcBnt68KOPfL9YyoOicNs4Vuufb/vjU2ONPZAeepIKA8QxCETiryCcP43daqThvIgdbUIiWne3gae6eSj0EuUPoYeH5g2Lw0qdwbHIOxqp2kvN96Ii7s1DK3VyhMt/GSPCxRnDRJ8oQKJ2W/I1IT5VtiUzMjjq5JcYzRPzHDxfVzT9CLeU/0XQ+2OOUAiZKZ0dzSyyVn8xbpviT7iadvjlQX3CINaPB+d2Kxa6uFWh+ZYOLLAgZ9B8NKutUHpXN66YSfe79xFBSFWKkJ8cSIMk13/Ifs7ApKlKCCRDpwoDqx/sjIaj1cpOfLHYjnefg==',
    // AlmaLinux OS 8 <packager at almalinux.org>
    BC5EDDCADF502C077F1582882AE81E8ACED7258B: 'mQINBGUlFG8BEADc0kEC57b722MbPVkI8aoYFAEWM+lj084H26msZpAYVfW7fCi5S7g3n6htVdvvnB6MrJANitZgQhMyC7tchNQz5sjrFffasNkOoI5Q27PSrG676ILPdiowPWfJkwrN0f0UcJsV3w5KBedvUXJnoa64lP/oBFkbz3SvUTqZFkSBzOfCTdXWbvpZonghgm/AEU8wqsdOitXU23Xn4fsPB7aULgR31jz3irnaUDFXUnNqoiQpU6JBP6WiFqN/IZMH95HW1WlMBGSOalSbQUlNEND3J0lxK2a33UBmTdR3aLyS+o9P8+7bCdzbkrs1fXXVxxvlaQdSWBSjVULUZjKIZ+HtqhIaTiBELa7JHBEBbEZgNHpymmc8hIF6fdTbzbbYx9MbNmpzCcr+SKHubCdvZyX2FsWK1CHvYx6iPc9wcu4x9yh8MIfpKpLSJG1SaSCHbUdatpsOSQK2pbIN3THsvFrKPVssLrMgVjwp22Q3vMFL+ldq0vZ56uIIiNRKrX2CKKrUy1kF7FjDNMx4riaCQHs5vp7qOttxv0E/X4Z9B4QZdC02H2MqEa5LoDxONutv+JMzWFyxIEQvbnfdDSu4QUDkn3H1WkBNmqTUwny5DSxZNjGB8a6PISaIE+kN2pp5v9eB8Q4+4BxbU2G2/Jy/V6bFC8eLL+PIKodPKbpCqoPyGwARAQABtCdBbG1hTGludXggT1MgOCA8cGFja2FnZXJAYWxtYWxpbnV4Lm9yZz6JAk8EEwEIADkWIQS8Xt3K31AsB38Vgogq6B6KztcliwUCZSUUbwIbAwQLCQgHAyICAQQVCgkIBBYCAwECHgcCF4AACgkQKugeis7XJYvOeA/9E/hJwfd7UPtvsv+y7Wiei1NCt+OJAzJQPjEzHJNmLAD157AHtpA2yZpB9GlRQkjRu40fn0It20mwjnl0j5oHF9HnQ+/HQtiw9pwgNpZJaTe5YnzETbGqrrOVgWihkJyJhn42vtuirNu7pKJvWilRvz1a81JKi/okezXp1KBrgrxR/bG26c8k61AK6n/ExI1MoHZhyaAAebFqG8vTiWTuC2a4t7SDpxbzsn5CMuXqVY1gxIdiUGzgrXfSm5WgpSYEG01VN+VF885caPvtMHoLBy/pLGN35TKp4pKiA9JGQxtlZLdO666UbpgbjoxFYxNZEwY3Tdx37zbsP4pHcaN8fOGbk5mGh8LwkjppPZzoXONyBfUJ+uHBEzRJEw4KtVRgaZZfCcojRvmyJB4TAM1SYkikaw8F0gi3OPRWtVdEogxP0XD/tTrPSKo7pTDEk17HIyKCU0KxF4ZSbxXFMeH5OZUQAQM4l7ECGNg3bVhXC66AHE72mz/PN39M2Z0Sww7GWYCf6IDhhkeTxYx+I7VW1Uo9ht5Li3ZRMbX/h6NBYTUaPJEx3fwixNv2+RtE3m4JIxg76xBOYGLyIRlaImWNGKTnGz5mIBRP5Vm7nRdFOOFhNz+iDIyq0LEyhGU7xCriFaL+ozXLiIzycidgTTZW3WfkHxlrZEzov/wIBeoaIp8=',
    // AlmaLinux OS 9 <packager at almalinux.org>
    BF18AC2876178908D6E71267D36CB86CB86B3716: 'mQINBGHmnykBEACuIcqcNYTmu2q58XI5NRZowdJGAxxs+6ExX7qsa4vbPp6St7lBJmLpwf5p6czIBhLL4b8E7zJpu57tVDo7Ejw6Hv584rbI8vw7pnMTe6XUFhMTL8FTlyAmn8xAIlcyM+SzshnxAc5b8E0p/egMonr3J1QnvMSfixMQ59GrmLVyece7Vv3J4fREh6k31kg7eQdEkzRQhRdO2KyxWYLR0A6haXSXVaiBOjFF7iUs7anlJSfeD3FOafPq0Ix8oWi+mUc4txkABMdsGpdkE/MHOwN90FB8EG5XVrdv3emm3yzKMMzb53Ydjcf0fovIeRloQyl9+CrVCnkBjFcIFBZZddsB43kM7eTflmAQ+tanOZ8OKBRPMtmI56b/vk31ozHUoST/NmjbEI5tu+QYCuFSZ++mC06qJg0Bkw821DTAsM7Kynuj7K2fWWQjlDL9ZsFifLqDXRymL+sn6g142hHQOa5KSHtT7cAcrm6L48gEL3fPntVSOU/HBlTnODiSSTIsIRNA7kBkbSP3wWoYC1JQPmNYbUtZ7va2uXNb9dGT2k7Ae0465WNDwqRQJDxsr6TLYFpti+JRaOpSMNclXz4kRSP263Y4ZzQvkMGgSgwqg7JU00Uahk2pKTlJAA8AiaMBdShlo/QXvL29Lyg0Y5klq2HCNziJDupWhXto5j5pjixrpwARAQABtCdBbG1hTGludXggT1MgOSA8cGFja2FnZXJAYWxtYWxpbnV4Lm9yZz6JAk4EEwEIADgWIQS/GKwodheJCNbnEmfTbLhsuGs3FgUCYeafKQIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRDTbLhsuGs3FrvnD/9X1wDM/C214t3UVsMVjTLdIJDGG+iUE7Uk7QGeyeNif19rRatzXUHBBGjiAwpxe2rkveWBHCHPSUKqsAR9Arv3nMKiaGfA0nomzDndLEDIgv35xzaU6OhX95mZzvj+9PThuxDxUnsNoA+7vGkaiRw+cyyDdTJQbKwum8bx1gS8Kbqo9mqrMekQ4NHCodq9bb2hI6pAxlYa472QuwFAXFAzbE3LIMIKhzLkew7nxwP0txP/zzqPw4lYN38fg9AlHL2qgf0twCFO4N/ftkw25qwoiBhiwaWTCa8Z9wUJx35Z/ufscbNrtRrIGYNXTDFJdGY/WxKDp7QsyOx/sclcsSksKoC/52tL2yFLQrMXsqnLjAQajA6adaeCAAwvp2/8VP8R65O4KMuKghMneCGwXVlVVYyRUXJDKjg7EvmmMGuh/Lj2A/vj+mQMmlS2kAl0qOsK9DtUIA7Z9m98zI3UmN/5BMb/HdqWKADagOW9IPyo6IaSIT+A+7npTN1Y7m1aIrL1vsAKrus4MrCvAs1vYqzqIikv88DiEWYVFCWTsTWf7jxBCVTLn1Lr7Mj08i+7OgRgguQGpcnvKsbwq1v2whQrs+YKR9hPvVaW5DmGJ5brPykJUaQS6p5Esp1q3HBk0HbBxiiGIwGsKbLp0pKsk5TLzMIJwIG/lEolCV+fJ0P4nLkCDQRh5p8pARAAvXTL29arJ5Dl9FXVpE4Km1jJLaK2WfbQARJzygQKps9QNqS1yz7C7mYdTtgRxeK2eqcX5oA83w3ppJ0DTsxfAkY3nqAXS8+QRORUffSFvhdsU1G/qpvhX0Aq62gr4y1bkIMr9GlLq86uVKIQrNdmto4NDfQc1bDD5e4jKaNMmNLXxq/s67AxFW/yLchYYZ7cMqQd6Ab4lacqpGdYFIAkBkVMmj3GUSo+FLpl+4c50AZ8O0aB+xkrjch+4PoVyIpIC1IuqNYBYn2wMYFB414QY2iDopzpZXUhpCqxNP4Zyhl1noUcOtH/wUfH1JsIcYRn0ixWF6JnE9KmjpkqBuM2/4Ot/bl67iPiN/ifvf3Z1kYjNPaszoMW3kmJj8MlBCSH9w6nQRG/eikihbeUDBB6rh2O7Dz8ltFqlt8NasbngRoNZMnWMnItRV67Fo0pfn/DZA8VvI029apE21sNp6l7MUa8Z2/I/PNq10E8rPMQM//k9y2kgxz52i6iCyesobPvun6UC4xuFoYKUTQMgKQgqOhyZ4evkepFhmHgGzx+F8EmwN1FtxfNxfLtQZSUT3kxuUDizwpaH/LkSkRXpJOQyHJL6VBINNTjB4j13+0jD+lCV6xIt88NYkGJL9rtKwZLQHSDPiI0ooCJ69GKy8SmSx04AwSsY67In1q8+FQjT20AEQEAAYkCNgQYAQgAIBYhBL8YrCh2F4kI1ucSZ9NsuGy4azcWBQJh5p8pAhsMAAoJENNsuGy4azcW0KkP/i0YLRv+pDiSC4034oboczAnNrzJnBhqTi9cUEGnXpqvf/Zz3opqvRQiqZAgVcCtxfW+P9J3Vb/mBJ6OkR/jywAlY5il2dzK08YfVXmPcEf6RF4M0KNtlYJmPlnQCZjMJaisrPmYD3Yy8ER1qJ5JQZ7n0REHZCbBCqH8w+5rj4ohEHY7xXbd7+tvWTCk2MkHaide/UV/04WiO064AoZSUze/vaAx8Ll4AyFpxuIkktXZXbq7MaVzqYYJptiRB6TljzMwIbblLm9A7T7YTA/1rNe12OhDT8VoR3gG2C/lMtf37EmYq3QVqFlbj4+ouQWIiQmp5dQenH5ugf+Bob7IiENpxzF1cIu6wd4p5Y643cdYUoxrjhsCM6W1lSqECoN8yXJnRTxpBwwm65SVk477KS2h77aJfa+v5UnBhpSteVlAhs0A8Qp/hX3o7qMO1jWca3zdJwXppLlFEYTVaFUOUrc4Lhlbi0gAnn8aBwSxxF1r5GhPGIBzHtRgulwZkmS6VwtDMuC6KlrASu9f93D5gLZqVk22Oar9LpgCEACd8Gw/+BFbdANqo9IKmDrWf7k/YuEqZ3h+eoyKI/2z7dKh/fcVEydMTn3LB4nFRvSDAZ27tvC0IUXCUNx7iJdrD5kDsMhZRl5/dXbe539G4y2W00QYuJC0DpUvGdtOuaFx1WKL',
    // AlmaLinux OS 10 <packager at almalinux.org>
    EE6DB7B98F5BF5EDD9DA0DE5DEE5C11CC2A1E572: 'mQINBGaP6O8BEACvg8IlAxGayV8zOi9Ex+Pd8lrj2BrBzloG8ri84ORp9o8ojq7lykKmIElHe11cQD2Lf/a4lcQQ4Ec3baiD786X6K2eVSlBEAnZMzfjDg8R63SfsBuu8Yk+lUyqlBrDnSDYaPruOAzLIz2r82ikIC1jDbipZsMFPFHPI4/hayyWxJ3oGxRe0mbtYLB9ElEKngt+/hfo7JLklakbznyIRuVEF3VrZb91XC6r/idqfJoNyBXSKidjz0IwqOhgkLUk84rzltDo3AzwGqusd7PEuhOmqinOhp0hMdXsztD4TVyhw82iXu/OonOAObZTZYfM6Z8btmDqkoo0aT+oPPCuZ3yC/caU9dhvCSXET/CGoXc3hL55u9PVqmcVm/mwvuEImEAvxVc0/dBzEUk+FwW8KsaN3HoUKrC4/NqgmaQz8/42np7u2j+BOOJ4hAckNEdWd8rB86CYN00sdxnvLBsp8V3IwEqXLhGOoBsagy61Z8hKCM+siOGnxmbbybgaLOs+DPlxt9LrtgLJHODwmD96oysUPJuA0lv8KMiSpId0tSpp9Wn/wHBGkRgxGYfzQu7WRvRZqQaleft1JTXXOjNzPur0RkJyb3yFwAoxpePyo/WrupM41OHW58cEqdC6riCnJcS4U84RLj+hwvufBVB7areQ75sETnKeyozZW+P16E1t/wARAQABtChBbG1hTGludXggT1MgMTAgPHBhY2thZ2VyQGFsbWFsaW51eC5vcmc+iQJMBBMBCgA2FiEE7m23uY9b9e3Z2g3l3uXBHMKh5XIFAmaP6O8CGwMECwkIBwQVCgkIBRYCAwEAAh4FAheAAAoJEN7lwRzCoeVy32AP/A2+KI+JhmsxnactSptkAWGyAAf1YBWWJs2sc9OJdKj7uIkzszCx7c7VIVeF/VLijIYpM/zwUgir5S5SimzQmY+FumwbKImlK5RBsoSog22i7Edho0MLa1pa6qvnKS0nkl9DEcu8EbMUhucWbxGnCG/22EEMTrY+Si1IZNkDGtlBHHBKMC+STbqqTxtdy4tAd2NYwWh3sBIh6PF7T4NLRAugu7PZQr5KamS4z2lV3ebshGjieA0Zoznwh0AXgN0gZ/0pC/LXI25gcgtrvkCyL8Fe0AyZUMd8UvZXaRSsm3SkCUIlGjPrvuItn1D7tHmqVSCDKXDM2TqjfiRm1JF+2OFCBNvGz19VLxWd/Gf+0qw0dtKxRMKzGh0mxXY40hjtmYZulrPxhG5itNDjStovgrevM1HBsXs9ikrkOGQ0pFcqizTn4ZKAmMozEMuIuV89Vof2bBCg7pHT1FmXVdAaYJxb6a7A/CgNqHjoh8AxBiGw/Q2NM4YJlUVhHqqd+/lUG3WJqACNEnqSlZkYQ3HqNNaKhHVbD4mNq/g6v+f8aWWDZDsI6IAfbJUB+KPEnIvQJQleWuHrq7kcUMhEq3dwBMIoTVEHhUUrRQKToSEM1rN7PcanaXQM2gy141dS7tFLxhapG8ug75LkIUnEOpPMtUjvrU1ZELGq36vVHBB+dTDg',
    // Release Engineering <infrastructure at rockylinux.org>
    '7051C470A929F454CEBE37B715AF5DAC6D745A60': 'mQINBGAofzYBEAC6yS1azw6f3wmaVd//3aSy6O2c9+jeetulRQvg2LvhRRS1eNqp/x9tbBhfohu/tlDkGpYHV7diePgMml9SZDy1sKlI3tDhx6GZ3xwF0fd1vWBZpmNkD9gRkUmYBeLotmcXQZ8ZpWLicosFtDpJEYpLUhuIgTKwt4gxJrHvkWsGQiBkJxKDu3/RlL4IYA3Ot9iuCBflc91EyAw1Yj0gKcDzbOqjvlGtS3ASXgxPqSfU0uLC9USFuKDnP2tcnlKKGfj0u6VkqISliSuRAzjlKho9Meond+mMIFOTT6qp4xyu+9Dj3IjZIC6rBXRU3xi8z0qYptoFZ6hx70NV5u+0XUzDMXdjQ5S859RYJKijiwmfMC7gZQAfOkdOcicNzen/TwD/slhiCDssHBNEe86Wwu5kmDoCri7GJlYOlWU42Xi0o1JkVltND8ZId+EBDIms7ugSwGOVSxyZs43q2IAfFYCRtyKHFlgHBRe9/KTWPUrnsfKxGJgCDo3Yb63/IYTvfTJptVfhQtL1AhEAeF1I+buVoJRmBEyYKD9BdU4xQN39VrZKziO3hDIGng/eK6PaPhUdq6XqvmnsZ2h+KVbyoj4cTo2gKCB2XA7O2HLQsuGduHzYKNjfQR9j0djjwTrsvGvzfEzchP19723vYf7GdcLvqtPqzpxSX2FNARpCGXBw9wARAQABtDNSZWxlYXNlIEVuZ2luZWVyaW5nIDxpbmZyYXN0cnVjdHVyZUByb2NreWxpbnV4Lm9yZz6JAk4EEwEIADgWIQRwUcRwqSn0VM6+N7cVr12sbXRaYAUCYCh/NgIbDwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRAVr12sbXRaYLFmEACSMvoO1FDdyAbu1m6xEzDhs7FgnZeQNzLZECv2j+ggFSJXezlNVOZ5I1I8umBan2ywfKQD8M+IjmrWk9/7h9i54t8RS/RN7KNo7ECGnKXqXDPzBBTs1Gwo1WzltAoaDKUfXqQ4oJ4aCP/q/XPVWEzgpJO1XEezvCq8VXisutyDiXEjjMIeBczxb1hbamQX+jLTIQ1MDJ4Zo1YPzlUqrHW434XC2b1/WbSaylq8Wk9cksca5J+g3FqTlgiWozyy0uxygIRjb6iTzKXkV7SYxeXp3hNTuoUgiFkjh5/0yKWCwx7aQqlHar9GjpxmBDAO0kzOlgtTw//EqTwRKnYZLig9FW0PhwvZJUigr0cvs/XXTTb77z/i/dfHkrjVTTYenNyXogPtTtSyxqca61fbPf0B/S3N43PW8URXBRS0sykpX4SxKu+PwKCqf+OJ7hMEVAapqzTt1q9T7zyBQwvCVx8s7WWvXbs2d6ZUrArklgjHoHQcdxJKdhuRmD34AuXWCLW+gH8rJWZpuNl3+WsPZX4PvjKDgMw6YMcV7zhWX6c0SevKtzt7WP3XoKDuPhK1PMGJQqQ7spegGB+5DZvsJS48Ip0S45Qfmj82ibXaCBJHTNZE8Zs+rdTjQ9DS5qvzRA1sRA1dBb/7OLYEJmeWf4VZyebm+gc50szsg6Ut2yT8hw==',
    // Rocky Enterprise Software Foundation - Release key 2022 <releng at rockylinux.org>
    '21CB256AE16FC54C6E652949702D426D350D275D': 'mQINBGJ5RksBEADF/Lzssm7uryV6+VHAgL36klyCVcHwvx9Bk853LBOuHVEZWsmekbJF3fQG7i7gfCKGuV5XW15xINToe4fBThZteGJziboSZRpkEQ2z3lYcbg34X7+dco833lkBNgz1v6QO7PmAdY/x76Q6Hx0J9yiJWd+4j+vRi4hbWuh64vUtTd7rPwk80y3g4oK1YT0NR0Xm/QUO9vWmkSTVflQ6y82HhHIUrG+1vQnSOrWaC0O1lqUI3Nuob6jTARCmbaPsi+XVQnBbsnPPq6Tblwc+NYJSqj5d9nT0uEXT7Zovj4Je5oWVFXp9P1OWkbo2z5XkKjoeobM/zKDESJR78h+YQAN9IOKFjL/u/Gzrk1oEgByCABXOX+H5hfucrq5U3bbcKy4e5tYgnnZxqpELv3fN/2l8iZknHEh5aYNT5WXVHpD/8u2rMmwmI9YTEMueEtmVy0ZV3opUzOlC+3ZUwjmvAJtdfJyeVW/VMy3Hw3Ih0Fij91rO613V7n72ggVlJiX25jYyT4AXlaGfAOMndJNVgBps0RArOBYsJRPnvfHlLi5cfjVd7vYxQhGX9ODYuvyJ/rW70dMVikeSjlBDKS08tvdqOgtiYy4yhtY4ijQC9BmCE9H9gOxUFN297iLimAxr0EVsED96fP96TbDGILWsfJuxAvoqmpkElv8J+P1/F7to2QARAQABtE9Sb2NreSBFbnRlcnByaXNlIFNvZnR3YXJlIEZvdW5kYXRpb24gLSBSZWxlYXNlIGtleSAyMDIyIDxyZWxlbmdAcm9ja3lsaW51eC5vcmc+iQJKBBMBCAA0BQJieUZLFiEEIcslauFvxUxuZSlJcC1CbTUNJ10CGwMCHgECGQEDCwkHAhUIAxYAAgIiAQAKCRBwLUJtNQ0nXWQ5D/9472seOyRO6//bQ2ns3w9lE+aTLlJ5CY0GSTb4xNuyv+ADIXpgvLSMtTR0fp9GV3vMw6QIWsehDqt7O5xKWi+3tYdaXRpb1cvnh8r/oCcvI4uLk8kImNgsx+Cj+drKeQo03vFxBTDi1BTQFkfEt32fA2Aw5gYcGElM717sNMAMQFEHP+OW5hYDH4kcLbtUypPXFbcXUbaf6jUjfiEp5lLjqquzAyDPLlkzMr5RVa9n3/rIR6OQp5loPVzCRZMgDLALBU2TcFXLVP+6hAW8qM77c+q/rOysP+Yd+N7GAd0fvEvAmfeA4Y6dP0mMRu96EEAJ1qSKFWUul6K6nuqy+JTxktpw8F/IBAz44na17Tf02MJHGCUWyM0n5vuO5kK+Ykkkwd+v43ZlqDnwG7akDkLwgj6O0QNx2TGkdgt3+C6aHN5SMiF0pi0qYbiN9LO0e05Ai2r3zTFC/pCaBWlG1ph2jx1pDy4yUVPfswWFNfe5I+4iCMHPRFsZNYxQnIA2Prtgt2YMwz3VIGI6DT/Z56Joqw4eOfaJTTQSXCANts/gD7qWD3SZXPc7wQD63TpDEjJdqhmepaTECbxN7x/p+GwIZYWJN+AYhvrfGXfjud3eDu8/i+YIbPKH1TAOMwiyxC106mIL705p+ORf5zATZMyB8Y0OvRIz5aKkBDFZM2QN6A==',
    // Release Engineering (Rocky Linux 10) <releng at rockylinux.org>
    FC226859C0860BF0DDB95B085B106C736FEDFC85: 'mQINBGgq4akBEADFYHb9OX5/hlSJuYezxnzab01PUnec4/WvRdU5QRCySzlSicxdCYRrasQEYnytGBrTMM7fGSDOH9BtVpKfFvOW8yxfBXgkXbBT2p2/PK96qjIistbGGZK5yU5qhHTO4H30MaKvO8u+q3Icdtxc1I2OuGTrWQ0+MAI7dZPmNTqrvBlqks/VD6Uj9SSYpV0n12GdFQZI36+MXuI170vr0qRWaU8cl0Ew3nqU9rOBvnHPzab5UhCyg5+XE7QwRpKKziRxWNc40hU1OpT8yr4hoZdw9LimdA0yc7mniz7cWGPffMrfBQck1TKfLC8WsTSJ32ZPT/GildTIyEOv229ofhfBnY8H+MeD1ccW352yHflvKr9Pfhxt2lQuN7qCFpm5kip13hgKSnBL9M8JRICvjedrY4Q3yOfFZytWIsYsY2KAHe8lLTaRafPtnC8TWkiqR3P+dpaWopnoayuVAVFIK2jzix8PgC+TwYSH+IJcmw1O1WwpDt8qJfAE9Sh9X07mfbGnp0tJGG/+HXuSdwII/GXQeRE0L34DT7XcY3e3tuYCCoSpnvtmVvKpW42TfGfjwRWpW/fia30YHLXSoff26G38E5LfQTjjl95uyQWv3wpDExUrDOezd2hDZ3iJVWRZP3YZ1zgJexwlVoPTbDUe/wPcrFo5Don4YFD54ctUp/O39wARAQABtDxSZWxlYXNlIEVuZ2luZWVyaW5nIChSb2NreSBMaW51eCAxMCkgPHJlbGVuZ0Byb2NreWxpbnV4Lm9yZz6JAlIEEwEIADwWIQT8ImhZwIYL8N25WwhbEGxzb+38hQUCaCrhqQIbDwULCQgHAgMiAgEGFQoJCAsCBBYCAwECHgcCF4AACgkQWxBsc2/t/IWEsA/8CrZAFJwkMo2geIhcWW37XCGfKwUfB42QKkJQYoF2biOQxIcGGYU3AaA4HSfxo3CvutpwTgOQmG4ZfQd920KXMcSLd0actHQ+iJP+NPFv50ks2igv51QdPLQtZKvgA/tlKh4Oc0kgNBxueD5AZv8FJBEPQ7I0J/Ph9Ev1ShJrjnlVpTelNAdTNoNqf0xDLH7J0kyYgqbea+vxQposbc9hnaqRWv7hbAOj8cYbhkvvtG6oyn+AZaJoM00rTAsLcPjZk+HQdyUYB6JSKRZ5J16yn+D0UMwmmTI02dpd5ClFopGD/mT2erOn8hAhvvqFWr1EZEKH6YwF6PzdZ9KtbGPhRcRzVeO7EOAmZu0jhvkMTjNODYHy4xsueJ+rHf1IM4rDSL579tPLAqYmnW1S3AbrJ0WkJc9KsWwzNRC5r+ftq2eTncfTU7RfGtw9shqRfTkB4NUMfTOtSUrDeWYYEQtCekexoqhaP7gjsUqWNTSPgConOFIwMsT0XOvPPJgSDc0hnV6ew148jAf2L03hgDctqgsrUW3KB18bpkjUE7zfL1tweSqU3VDEQStxX9h8hG+VGHS7G7F4yYTcZOTlYfDU8ex/HkudPSOfwMnftqVnXqUpnQDKkUUPyxSCVKr8yN2apurNRzlrmWlJ8IuBtYFSSEqJ6sncQ/LrJRQQLTKp7sE=',
    // CentOS (CentOS Official Signing Key) <security at centos.org>
    '99DB70FAE1D7CE227FB6488205B555B38483C65D': 'mQINBFzMWxkBEADHrskpBgN9OphmhRkc7P/YrsAGSvvl7kfu+e9KAaU6f5MeAVynrIoM43syyGkgFyWgjZM8/rur7EMPY2yt+2q/1ZfLVCRn9856JqTIq0XRpDUe4nKQ8BlA7wDVZoSDxUZkSuTIyExbDf0cpw89Tcf62Mxmi8jh74vRlPy1PgjWL5494b3X5fxDidH4bqPZyxTBqPrUFuo+EfUVEqiGF94Ppq6ZUvrBGOVo1V1+Ifm9CGEK597caevcGc1RFlgxIgN84UpuDjPR9/zSndwJ7XsXYvZ6HXcKGagRKsfYDWGPkA5cOL/ef+yObOnC43yPUvpggQ4KaNJ6+SMTZOKikM8yciyBwLqwrjo8FlJgkv8Vfag/2UR7JINbyqHHoLUhQ2m6HXSwK4YjtwidF9EUkaBZWrrskYR3IRZLXlWqeOi/+ezYOW0mvufrkcvsh+TKlVVnuwmEPjJ8mwUSpsLdfPJo1DHsd8FS03SCKPaXFdD7ePfEjiYknHpQaKE01aWVSLUiygn7F7rYemGqV9Vt7tBw5pz0vqSC72a5E3zFzIIuHx6aANryGat3aqU3qtBXOrA/dPkX9cWE+UR5wo/A2UdKJZLlGhM2WRJ3ltmGT48V9CeS6N9Ym4CKdzvg7EWjlTlFrd/8WJ2KoqOE9leDPeXRPncubJfJ6LLIHyG09h9kKQARAQABtDpDZW50T1MgKENlbnRPUyBPZmZpY2lhbCBTaWduaW5nIEtleSkgPHNlY3VyaXR5QGNlbnRvcy5vcmc+iQI3BBMBCAAhAhsDBgsJCAcDAgYVCAIJCgsDFgIBAh4BAheABQJczFsaAAoJEAW1VbOEg8ZdvOgQAMFTGIQokADy5+CynFKjfO7R0VVpJxmYGVr1TjnKaHmjxnJaYqoha9ukGgmLu0r+lJ42Kk6nREk1vlxfRAfiWd00Zkm+K3IMq1/DE0heC2vX8qqjsLJs3jzq0hgNvo9X0uHDaA4J1BHsD8sE5in/f4SivjbngvFovRGU1XLNCgoqpFNcROP18LqKUw8WtqgWdnYBa5i6D5qx+WMRX0NHNwcCMy1lz+sTFxIU9mW6cLsMaacPGD8pUXIVli8P9Vlv3jBk1wFIqRgQPW01ph/3bM7pf9hyM9FAfU4XAFcyb1oYI4/82EkICUe6jeuZrz67dPeLVAlYrGW4hp/825g0fqJHxPDp25GS4rAa4RqyibLzNjSGdXYeLj2NcB/8OqaP+T1hv3JDaqe70QoYa/GIC4rh15NyXVbUP+LGV4vUiL7mb9ynzvF5zYHJbcg4R7dOsiZHrMFwy7FZesQaVrXeJlxRcEj65rpm1ZtZmwAE1k2LsRkvLyr9hpZkXnMeOKYIPwpdmBjXNVNVbq7097OxZOYPPos+iZKMWfl4UQnMsCVxonZtamdI4qEc3jMkSZPJKgOplGOms5jdY+EdSvsFWEQ0Snd3dChfU7DVo4Rbcy5klwHrvuZIOLaovhyxuRPhP6gV9+gzpTK/7vrvDlFbbZE6s212mDZ13RWBmTfAxz4h',
    // Oracle OSS group (Open Source Software group) <build at oss.oracle.com>
    '76FD3DB13AB67410B89DB10E82562EA9AD986DA3': 'mQINBFyr9g0BEADVpB339zKe27a0LAQn4jWDYfX4ttCgYbX1sgyOKclO2ZMxdLIF2Tz1KrmLim0am6ltTYIVpP0hVHsH1iy7MaVg1K/vaYIS8djL3SrmjX70P3QKIru5Hr8iGOKvX4jMHbUZmghZyVRdvl2QNc9oh+l+i3CzyChFlNV3dGlmsaBRT6o5EcvnZQ8cVdsbFnRAYpCDO65wOCujWNVe2F5eA6xy4mQfVOCuF7jY1sb4zRanTVE0hZyyig6OeTZjutjr7V+kDrT5K3PdXn2kPsVWcEdJJOta+hqJ9wnA1aiTJNNpvRP6fJtviw8poJqJID7VUPTfGp38k6sPfe4BmqEfRSUbNT5JKCFvlp4Y39pHzmKfX+8jjeZ2XgBx/Z4GsW6q/tAOksZ8nHB/XIPZkr6V+tXXZP4D5peNIWLxhza585FDiGi8d1Z4KIMpeqJhUu24vre9rmYn2wOFP6GYZfi1KOMImAjQC13BktpAlSqDNzCQepoNfvoGiO8v0sO8mHy16fpp+hk7T4hveScoYYIBaTMcdTElvPjA5mgXTaBF/qttF1LlFf51PvNkKQVoCR7V9+puZGsWeq9Kv+GaUYC3uKo96MKCO4G34uSu9uYo4eZ3yr7GslSM6rB0Fi4yfDT9R9mS8YHpuCKhgQ5IUBl6x72h1s02+maheeH0CZMbV/7hEwARAQABtERPcmFjbGUgT1NTIGdyb3VwIChPcGVuIFNvdXJjZSBTb2Z0d2FyZSBncm91cCkgPGJ1aWxkQG9zcy5vcmFjbGUuY29tPokCPgQTAQIAKAUCXKv2DQIbAwUJJZgGAAYLCQgHAwIGFQgCCQoLBBYCAwECHgECF4AACgkQglYuqa2YbaN53w/+Lx4cqKifslEaBpWz4yqHcAtuz25sCW4wbH4V56EfKZAh+WQ/JwPFybSywqbzgIUrIlzg8CMuUnKM5BElUkKPDYI+CjvUtP0B9eFThqjp7WNly0IQX8qC6p/gTLDXuEbKLj+EfLvKihqcL2tJIaQWiQAaftG5DFHIanZpVr88eXJwAMCle/m29x7K4g0c959vZdFF7iggIcHlTJ3GWGbLzRXi0fXVTQJAltR5Gx+FnRnSmAplL6j1UG1cgesZrfJZbNsl0+5Eq4oHUN3sTgaqTYaMWR7jH6HFF+5d05ndpltLXbG6Ia1c1Z4e+ha2ehBnceBxSCt5VT5ztmvJCm4QT4+S8AKsdQLpx3XWTWs5B41DYy3yQHaQz+So42YEtvGCemPsCfkid8ZNEltl9KM0iHYJbFehv2ckZe4RVNEDVgurlnEEKICvhfwS4bz2IQZPSYQLGLmUYwppkf2VjkDhTQUMp1iqLXsolCjDfTcZrlUaAEXP7A1wuLBlAEHE/yZOZbqcgE4AZKkVnJYmu2lrSkNhisMOVsVhDyCyFEw1+fD+RnvR9uNHOqgeTV/6kOyGu+nC8dnwKyq0wLJzu+8ENdemcvld9pwx3FPWTGQ4GGNJ3MVdwfwnYkg5vKGDSOmPDuEnnxkaPJrTJIHSJXfjSg/M0PiLGXcOMpGVNebpSQK5Ag0EXKv2DQEQAKHZmlvNo+/+amYh9OgnlzSUctqLENke8m7Q7HXUakEZgTfRU0an+9TmfoUCyHS11q3A0l+FoB/FBT45ByxUdf850oQd0PApqo5NxNpQCqYgOCOpTHT0SnRh9gQCDGgzfYSZl8ME+izEU5WOjQ51g/2ajODXGIWHPwYE8lZyF7tE7bFNEwve7sIrQefAR0eASz8PMFdQ5US/vYZQ+jeLU2dZqfl2B7AnP7MuXpa31MkhB3laYdH+vWaQLPbk/bh7cvKtkDbDHY13NS2nTpWyfjeUCFpDHupzMNkclc0If44WKA1a0sO7d6mBWyVM0IgrCxieXJ/EZVFkhXEulcGu+L0iHhkR9NA6dRXvC/wJnsCASjzxFqyzlhTfNR1QwWdZJpC8Il9oH3VcrT4TtEvJDxuXTMqeMSOfNSsdqaiE9u6tgbC13qBTvbsoBg9Rs2hY2nRqUhNhvMoRbt1U1qXwhn/9g1f+1i3GvED6j2AuWMnU9zehR32iuGQl48ko428bREPz08AY++v3/n4U/cbsoJzAvCg1+WYQe26v0mIJIuzOmeFRmXcaTHUZvyY6aqSvQeOno0h1cjRZAN9T6Z8qlYbwh8yhGNlfybQPmld/oeiDNVr43sSl6W02TOLFZ36h2eGpt2LKUVz+zFQwrAdFu6Uo/1lgGRGbzBezNgUCkQCLABEBAAGJAiUEGAECAA8FAlyr9g0CGwwFCSWYBgAACgkQglYuqa2YbaO4Eg//WREjdHosvTLPbjDwmtH0R3Twis/eqHPSq57I9jDSOvRDWkv4/CidBu1+FsTDpInn4wiAIE9eMb/L89Cc2Y5LyzHlzORJMEgzEqcjIewqRcEyvMbyTnx4Gc4hKiMhRcMLWQuWp6/JT09+B3oPzQLXHvuAuKu0ZjFJl16obdoL7tATAOPtqmxkwt22G1lBkGUVCOiEuwg1+9AgiMhDHt6Gg8wHjKoQiHv4peGDKxcldfTFTAH03vx+2mwT61a/RjE1YqHzmlqmTa89SDNDStrG2VikSB0YdDuqSzB6FMcURktJwwyhOKEjJ4c20wZG5xQfiJfOcij2QYPW5vYtQNCnKfspsF7BCP/GXdYATgyajCxp4pkNsAZlRyHUx1zPMR1E1+se+l5s18y0V+b+1YBEmAmcEML9Rev+Rbyd+YXmJ+P9rDThkvPXxV+4HZgl0mXvTd1CUUnNnd40ZSzFo8hTmr/+j2T7iR3wcxnoyv/d8MOUquYsKDLdBr9ng+Cvbf/8lNJJ6dbCQAcEXvRn8FKjq+iP+hHPXXOh/FrMvBJrbD3V6F65eyvyLMN74Caxd2B2ru01yLNGARZr8iOH3cdt4byC0lSA51yNePooe6HfgCEAsFEvovilr7kFbspDGrP49wh0evtRDPmqfjMLiiaRxOXefOjbh8XqrfNGDTCQzdE=',
    // Oracle Linux (release key 1) <secalert_us at oracle.com>
    '3E6D826D3FBAB389C2F38E34BC4D06A08D8B756F': 'mQINBGHncu8BEAC2dhocMZkdapnP9o/MvAnKOczaSpF4Cj9yqt49bxLPJCY57jz92ZkJ5iGk6kpBt4rPTh18aAl30T+nPP8VMQjMhvHJKfZmBtaJJ5RpvvpK5mj1UgRJ4DQX7gqAbT0s/uZZcouZsJzXo3c7GNMrim1C+ScfGG6BoB6GVBK74jFeJNMsxZ2YBwQhpE+KG+1zD94RZCySykJjNoKj+U4W5H2XdB/mNEc8icFqxjJGZ5BN0DA2WqxnmwELTO3Q2ne1y9+sPn2YKhRqyihuZYaUPR/Jpdki93mk61MdaoTTxFPZ8FWAYrAW9KVdreT8K33SaTFFpmhbpndPEYesgCqDqiZG7Ywjgbf2nqSOzBr2ZX23PX7QUCvQar58bNbWENLhC3B950TK+r23kkPa3GICE9WP5TftWJdbJMWRBX3YhdNooNGGCbeBxM7B/UV9hSRx1S/US8HvDhJezZDuKrpPXrNWJTuW9Kty2WGwUkEDT2GBbcjx9ocJfqyNJKhaLoYKCVlsmhJUi4xCY0CDDapekWLZOzHB2zgT49uIjawV5ex6pA7oLaPIhQGvTcCl7GFWOP/6feazzIpnsJ4V3B2DoLnAevpZlINo/bi3Hv/YmbvE6NyYzD6c1y90pc0+Om1trLPCAZpaO1I369ZhLl6T/mCd92hrCG1y8K3PFiRIKpEMVwARAQABtDVPcmFjbGUgTGludXggKHJlbGVhc2Uga2V5IDEpIDxzZWNhbGVydF91c0BvcmFjbGUuY29tPokCVAQTAQoAPhYhBD5tgm0/urOJwvOONLxNBqCNi3VvBQJinlnsAhsDBQklmAYABQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJELxNBqCNi3Vv3LEP/2aukXzbdA/T/7i+4AbGFfYnTWqmZy58wfteDNy1sk6cPmfOUqZQXUrJcSGqqeIDjPvlKNExpee/Ja4NGg2YfzkwH5IK5sXmEDKObXRCXGZh9/WyYpr4TBoDU2rSYBP4sbKmPsnVoRalt2Zb0qbQF8GilytoRabjI0gLzwhmoHBZMMc3MIO14KQ5yFbekaJZKcxEBxaDQ1NDZV1rOVbkg0yDLS9Nw89dDYWVn1wx0foRJcD277ExvmaB4vmC5yayo4sscFldYLu7W9FHmh46flXQGfduORCbDFfjn92eB0jdrkuoEhVRpljAtMO15GMpuVbvHzbImI2f1MfydOa6dHbRAlzeV37fPz+1nO9IWdXqFeRG0nrH2gB02AfeoObMkK/aXYT9sq1mC5DaK6fbOPWlY+c2hIq0BhUpe+OBdDfmm7L+si9Ffj2sUdn4sHLN6Tj7BrJuWmJEz42+rblDNBkrdBC6XXDaRYILKSuGD65PVV+/pVl1c2EOqcktW00iiehbeLhj2sz6NaoO5Rhx0J3pMsaCaEBAm8P6UxQSx4iGhZ8Kh5O1SVVlqu3xOhSGOKREsS8gIjeV/Jl3frR4eZG/BpzdTjKZmQV7dvJ4gDuDE+X7rZBzUm7nggyE2pV6UbTD5Qwy+ASQfYHfHK4lsHD4kbO/We6H1fEFPlzlr14UuQINBGHncu8BEADBG52gWRobVEsQIzAfq2obFnwMroxMupXrDBka7i6cUJw8HsqyHs9maGxAuRDlAma2MBPUYcbmDH3bmctaUR7CA1RouPkb6qbZXwSwpvgN4eh4naPX20/VEp/cd5DhKWjP9yC70wehr4LmGWV41jBAMK0G1l6+FDw2ITgsamZP+tw0swCKqzpIY2waiygCtPHCCCFMuZ6S7hzQpsKVFh8zqzRxMs6Mni9olk4+xwng0ahYfoe2esByR2M1kGX62Y6BOcIRX1cEzYFCUww5GrjZdJoObBtffUSz+q2LNOBcqg5huRd8BoC+k5yrXUq8ypspfV1kNEI3/ebFew6A8sdf2c+sOdTxTu4MI5iXM1fhCC6X4lAN8w1Ga3ML+k/kgL75mH62YyzrOHXNkylTDfxz9qvq6qszVfWdzVaGXRfulW5nAbAXhuX1gmgZW+M7IQ22xyWC+I60UcaE2l9QtHFKuekdYnekTkSUA0ghVwuw+JCQZGQbq5LqbA5TkEYuibBOJD3MZYQ5C3DK4KHs/3wxf2aq+Pkf3mpSscC4B0Ba5tlpJawUWqnUmGd208sfUwD20MFfHM+1N+M6JYCv0tC0cyAV9Jq74bAUDXLMfkGKZyAWmlPaZBMMt4WaN0r2PAKp00T6PX6xjTM6/aNDvNTpsaaUpMXRzH13AiJ/1SjfZwARAQABiQI8BBgBCgAmAhsMFiEEPm2CbT+6s4nC8440vE0GoI2LdW8FAmKeWsgFCSRtulkACgkQvE0GoI2LdW/pig//Zi0abmFJKTxku0/LMI31ZaLn9gzXjv2ugmJumfXAce+nlaheCNBa+IMLQdAmrbislzLsqXX2+6Eqh4Q/vqGLCkElIzT9ulkgwwEp0cVF6jnXqlWHa0a/T6oAq10jRneaQFCEt6hweJ9KTUQufp5aAiZr/GVpBJLJ8kfOx+5eHvDj+VFlFUhpzzns/NfN5N+bthJ/Wbt49tzmWaWoEFA0tlwMBPO3zEh/mo5lys0GqENPs4Yb4tL82qg+SG7jHSuH2lZkXLLyLQ6p63VZysL9+UTBtafs5jxnTopQFIXtzAOwdtQ8o7/6hhsUchRoUy23EIHTJ25yA2Qtb8Z/1m/G0e3lz46xHBPIs8FKSOPToCT6E1+9lomnzJPRBCCDTZO5imfX4N4l7BodW9nb7zEMHCi2BUM+InpSsEkQkQFs0HIRI2KHSyY30uN0pVXJLOoVQIBrWdUzLTTkN9w43fLpkcFXGbpU+pZvK2uksC3O+eBhIpZA9E7iZDwfEaZlUKO5kFvSV5f8ZM1jbEb0sOZNNNEaEhTFTl8pQPc2GqgZ3rYt9mqH5OwhzKftV9PDYulIbY+YAN6eJhHj8Eu/IlxG6iYCDmF2hOVPs9aLo9zqdxbu8B6rUyVPOwfNbOR1U7WMRCYm4QrtLe//99hXPcFVanIxgkdslnyYf4fjdbdlmNY=',
    // SuSE Package Signing Key <build at suse.de>
    FEAB502539D846DB2C0961CA70AF9E8139DB7C82: 'mQENBFEKlmsBCADbpZZbbSC5Zi+HxCR/ynYsVxU5JNNiSSZabN5GMgc9Z0hxeXxpYWvFoE/4n0+IXIsp83iKvxf06Eu8je/DXp0lMqDZu7WiT3XXAlkOPSNV4akHTDoY91SJaZCpgUJ7K1QXOPABNbREsAMN1a7rxBowjNjBUyiTJ2YuvQRLtGdK1kExsVmahieh/QxpoDyYd5w/aky3z23erCoEd+OPfAqEHd5tQIa6LOosa63BSCEl3milJ7J9vDmoGPAoS6ui7S2R5X4/+PLN8Mm2kOBrFjhmL93LX0mrGCMxsNsKgP6zabYKQEb8L028SXvl7EGoA+Vw5Vd3wIGbM73PfbgNrXjfABEBAAG0KFN1U0UgUGFja2FnZSBTaWduaW5nIEtleSA8YnVpbGRAc3VzZS5kZT6JAVMEEwEIAD0CGwMGCwkIBwMCBBUCCAMEFgIDAQIeAQIXgBYhBP6rUCU52EbbLAlhynCvnoE523yCBQJmxdkaBQkdeMEvAAoJEHCvnoE523yCsyEH/1NZhXtgIa4kFCZdWhPhXPvqz7IkIm62yXpS3IseivbmrxzQNXNlQVLnaOOKZX4nEUyh1lr+w18PGlb1yIdMjQqt04hwFgCU+q99cTfrAHG5jzirSq9I2iBjn+zARCjLzJsD+dH7JGfEMm0lxtPyMRoNJ6bq8eEkjEtKxDOg0iTEvQ4eboRlR0a8hH06tauPfeWx6Ri6hIobN3TNdCY/RQe4WeyYL8vEog3c7uYYag/ViMFfj8QzRHgkkcCE9W3TTfr1K/h8AGZTW0uJH4YQhl2HqUsspKmicZIbK/W9M87lHUyO8EgreF1MuKsg1GWxV2OikZAJKMcNs6EhzLWUWHs=',
    // SUSE Package Signing Key <build at suse.de>
    '7F009157B127B994D5CFBE76F74F09BC3FA1D6CE': 'mQINBGPJSBwBEAC+sp2UJHVei0aAkvnEeeuRrIbzyWotRYuDgdWzS4V01alxFl97ZPA6syyyZpITGP6fLP0AG0KipXABcYdaF7iFGKnhm6v5ExQ+Aft9SNaJmGqxwPng2jHGoaovbcOrvpix1INwPlxyxAaKfCtdH6kE9ZBzZXKHhDwTuBAyIJmvz5P4djxsRFxryZ2wq2IbhT/eu5b+3QRdeOHhbP/K2ZA+jd4Ct6uSyEAV0n9D5rVrtKhYqzp7zXPYntFW9IgEC/HisQ3TcDhKqK0xfxsQAYjsrvrbhc2O1sHWfhDEqV7W8yPrEbH2NTWmQxiSf4ZEJsKOZa6TI4fOS89OPRRIC0Ec+mFWHHSfhGaiK0g59TSuBECke7jVhgwLKa0WGzxhYaZ/dPxjke9MfHPIlCrwfH4tKsEY5Cy+GQWwt8s7J9lK1gEGz0c2nLA4PBDCPqKB/+GEHkF+hyN1GHlhoY78mJ+c/QHyTv/DYOvS3jr5RaJYwKkBHS+05pBUGW6PANT6yoDGOGLaq7hJLdeAwW+qLSfFSxBOnjBrtBV4Pqj1kbzCKFBGgazFUPhWOSRms8erkr4ltGtUPDJxna16uoTZaYkjn7fZ/3iTqVgnSC/sOJM9KpA1kFrg5R1OdTzymu7OwH7cmPSn0Yyg1BlU3K8EYFRFfhKptcNzuwERIAdcY39QnQARAQABtChTVVNFIFBhY2thZ2UgU2lnbmluZyBLZXkgPGJ1aWxkQHN1c2UuZGU+iQI+BBMBAgAoBQJjyUgcAhsDBQkHhM4ABgsJCAcDAgYVCAIJCgsEFgIDAQIeAQIXgAAKCRD3Twm8P6HWzozMD/9xq1D3I+YWyrKJJRhyX8O1x3oYwayo1Si8VaqHUHMx5vL4VGubcCGieg6+9cwbGVVqh4f0wozrrllTgwXuepzivvwlQnZ/cfdjYwV961MTl2/+0JD3Hv39ef78DSU7iq8Pa22MPbXiliRvm3YJEsBnPRxDnGdGKDvLXlwugmHwHQXUTUvmXpipD19xgJ+FUKxbsHudiFBHAfvzmvckn2wsz6pIasAH8PoWFyyoYbGbffDBx17vYHhkZODadeD9N5lyo/mNkjFjTgHSTDYuhsor2AkSe4ptyY6EWONGg8ezqLLqJgWjKcI3o0dOf1dpIIubkbrnshul/tT5DHQrKqqPDu6zuloKOSdKBWwh2zDPGYVGmii6E/YKw8+lgTBs4Xuz4IxPhD/mSjLrADjuObhZhwQuM71SkQlScX4NhEeWoWfBg1k22V7zU6lGodEx5QtmeMe3yhMsTUBn9ls9VR+Zr6N1rhcubDwDu5JLbbUyNBOiqDc9yQbIOD9bBG+XTxzs2VsAFkKWuW8opSJIDQ1LDg9pKF10IjrSyb+ln4OuRwQK5LHymGllHiz1Feivf6//Tb63qgd3k8HtwdjeK5YuXM1LwnisIhfZuhKWm2gdzKCvdGsnY0bH1r5E/rCFhRii/iyCxZN/2KIg/dHo8BXoh5zvzJ1XZ/bgiDnWSkQvdA==',
    // openSUSE Project Signing Key <opensuse at opensuse.org>
    AD485664E901B867051AB15F35A2F86E29B700A4: 'mQINBGKwfiIBEADe9bKROWax5CI83KUly/ZRDtiCbiSnvWfBK1deAttV+qLTZ006090eQCOlMtcjhNe641Ahi/SwMsBLNMNich7/ddgNDJ99H8Oen6mBze00Z0Nlg2HZVZibSFRYvg+tdivu83a1A1Z5U10Fovwc2awCVWs3i6/XrpXiKZP5/Pi3RV2K7VcGrt+TUQ3ygiCh1FhKnBfIGS+UMhHwdLUAQ5cB+7eAgba5kSvlWKRymLzgAPVkB/NJuqjz+yPZ9LtJZXHYrjq9yaEy0J80Mn9uTmVggZqdTPWx5CnIWv7Y3fnWbkL/uhTRuDmNfy7a0ULB3qjJXMAnjLE/Oi14UE28XfMtlEmEEeYhtlPlH7hvFDgirRHN6kssBvOpT+UikqFhJ+IsarAqnnrEbD2nO7Jnt6wnYf9QWPnl93h2e0/qi4JqT9zw93zsfDENY/yhTuqqvgN6dqaD2ABBNeQENII+VpqjzmnEl8TePPCOb+pELQ7uk6j4D0j7slQjdns/wUHg8bGE3uMFcZFkokPv6Cw6Aby1ijqBe+qYB9ay7nki44OoOsJvirxvp00MRgsm+C8he+B8QDZNBWYiPkhHZBFi5GQSUY04FimR2BpudV9rJqbKP0UezEpcm3tmqLuIc9YCxqMt40tbQOUVSrtFcYlltJ/yTVxu3plUpwtJGQavCJM7RQARAQABtDRvcGVuU1VTRSBQcm9qZWN0IFNpZ25pbmcgS2V5IDxvcGVuc3VzZUBvcGVuc3VzZS5vcmc+iQJVBBMBCAA/AhsDBgsJCAcDAgYVCAIJCgsEFgIDAQIeAQIXgBYhBK1IVmTpAbhnBRqxXzWi+G4ptwCkBQJqF/o4BQkO7EoWAAoJEDWi+G4ptwCkD4EQAL7qmTQK6Am7lfb7e/WCjuyQEEh43y/S4WM4qwNgvpveUzuGcS+q78kLj3FzqEEH2MuL4cBN2tdNogXKzMKGUOqjw4vycinVwGRiR+a7guhUYS/syusLIgT+jTk9p4qMxW4D83iceavzisNO7Vp7kI0pbiTrrgc6IeVVMf1pJiGyQaXNGYGAUPMaEs5bgLFnQORRzP57IM6BkiL6zHv2wIV1RZPzzseWCOYPxRVYlAn8s0oZULWHAfTcOMWodf3mpgAaRuWX/UXbMgugtfpeWJpzrIiuO3EkDfbqEtPZBBQH27SZheSojqYdIeL2uJ/SqHZeenJ8YaO7KpKShGQuSpId8T5GTHx0BcFoctHGeZ8wSBFLO2i6Cf2fjsI3J8qY5k8Va2b1//Vz62GTbmppRrS3LBtEiMKOCeypQqiiFQzGEUvEPFgC9wzet1jVjzaW5Pa3mULzmfPPXcK0OtwYEZAvnwkI+ZurYEVA3zJo7sqDKlKfw/LszqwMVtFVUAKrm6I7NFHxxe2+4yNCbkhpCy4KbMoFS7x1mMB4myhSEMlWvzvAvwbIOeNHCmjI0BXcLrX3mCnZbC74F/HZnksj75wQp+McBnlxru/9EcqhA8ogZ45sizGyk5kQVOiaDE3O3IVCdATe9F7RaWn7JqQA74X+5COSw1GvShe2EmpO9J6p',
    // Fedora (42) <fedora-42-primary at fedoraproject.org>
    B0F4950458F69E1150C6C5EDC8AC4916105EF944: 'mQINBGXKg9EBEACvsAjRcllcH6mVReU/0hi5YnwqulP7gNgUM4jYPiqucF51g0oWMbFk0VjDn3QXjrwLNLtj4oxsU+E6OW0jl1732qvjUJ9geEZBuidyFZgq0CCn9K8d661dPDjN/DzWWogFhnDySFHRLdh6dYCuu75/HKSIVfCud2IFCvT7Bhk4AOpxv4c7mmX874LFgi49jkAYC0M6UbJ9o3KSCndipf/k0ra2g9dGacqlPfn3PMiTszPDr99do4qZ5dVZYC6Sna8GjNhN7b/2xLGQuzdd9LHgPHC/PX7XsvBLu42rqi3q0umJBtjZCyFxF5Dp0VMwmVfrKFZOHvVsGjPLrxomLU16/EDzIrw6cHikdQKLf4sl0rX0m8j0PNAGOSDmE9YgByiPo12CGMOuAvsDUI0JID4p4WqpBShTBuiIrITn8XVTCOQ+tKq9dE/qI+mm2hnZjJajM2UWfKE0mVH4SDOiSilgKR/h5HuLZqwtYXFExDZsAcxaLfRBKCrIOyJdpV7YIj8PaP89XeycHM2MaIfwdHSx3Pz39zZNzi6vJkLj9SWdQT7lOvZxxTQ3dK0Rcpjx+rGHgihMT4yBd+JO9mZS3ghNGbypYnNn/mohPOAxguXuPuPRj00oC7C3lIEEL/hZXZbN1SuiopZjxbU/x/5lO8n0Un1GCzynObPDvpDLTjsdKQARAQABtDFGZWRvcmEgKDQyKSA8ZmVkb3JhLTQyLXByaW1hcnlAZmVkb3JhcHJvamVjdC5vcmc+iQJOBBMBCAA4FiEEsPSVBFj2nhFQxsXtyKxJFhBe+UQFAmXKg9ECGw8FCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQyKxJFhBe+US4mQ//e4gIGhA6TJuEqrVPgKtSnDawIj30TGbkXIywECtKCu9N8anTlkU2/XSKGyE3ZDdKDO77O11382Ci1xJgCpdbqKg4G02ecEKT1Dtng37gt55SkhffQ0EeDb3Zl+Pu5qohHQUiMzio4B4q8n0HD+L9klQ3I1rLmymguBRd34jQH/z025GE2SBbCpDnQCChZT7Fq1D/onOQgC6skN6QE2dvYqOnSlHkkfuVlRRYoLNmynxHKlL6VZkiM7m1zKi7cMEK63mKJQ3jH3Mc9grh+OwBDxOjx5UoYMeYqq7oXyTPKvvf6ssuHtjWM3tNkyi5R1nB+4SHMttrbt2pLMSHJg6pNXoLAP8ahlvxdgVRjgN/6OMC/DwXnLxippelBXXDyBnwVd8/WohbJDcq7e5tdymZpRsNxzhWSuwbHzeJY1DKtePhbjblShLjxTzLnS4GBPJV5TXpHkZWgQmz2aA0CHV47j37P6kAOEtsJkJUWWz+/Rx1N5Mm5lxvghaAzlTBtwQhRgl9Y8kCTznG40QQ64N2FOrcExUJmujLRISDjM2Ps9MtBlbYs7H4JDziX4jpNyvhVAbEdjbzVfL5oi35l+K/QRtQJnt78qhLpNNB7SdQkNmD8eMeXF7mA/MH6eFM88hF4l6NeKklyMIa5thgLFx0UyEgoLXDBg+thUzby61gnA8=',
    // Fedora (43) <fedora-43-primary at fedoraproject.org>
    C6E7F081CF80E13146676E88829B606631645531: 'mQINBGa23M8BEAC47NwKLi/g2S9I2p5JtUbJ0y3m2St9zqkSENmYw/+R+WKvaP3SKSFQF3Qi6pqGXJ88ADJUkFYpOGGyoc0dieLCmIPqtWbwGvBVMxBRBeU3+hClwbSQsysVnr8VxUwidfsIjNJavCZwB0ZoZbxdCPMQMOgQyTLX4OI/uKlPUzeymDHwxjb/tllflSTOGtdYe3giRzidxN+xbCb6UoXkl0+lJEFbsmp41O5D/Ur5N05lBrsEXoDuFr99Kfv3Av7f3JfzDlkqC/EhmfxZEZvWj3hRdAfi2fFmtVcrdLfGIpQg6Y2BaphpPhaHqKl9zD5GWqu5GSXGoLaGXusBvwBKjS/g+VLo7pJfMsUF3sUduJNG3UThAsrpQLV3wQz0AMHVElRErOWdBDY0ddAKLPL7/mtxj39pGEpZ/dNtQkzgm7VCdP10QnQZrwR2l8k7CPu0pylPCXmXvKFWV1uv9RnztlWY6BRmufKn+lJsN3Blh7ndi5rlCjR6mHVrQD/l6+8VmSD3/mDnbEXPyzBkSY5D1wpR7M5VXN5jVHROc4ZA5M88SyI48ESGNmeAwtGar45/X+wG47+EC4+JXpNO7BQrEvHgJxBdyoQ6KLDrEaqn/OQpxB4GfmcvSwkWDpSk8wFm/pGlFK6J4b+ba7eOetW+aXrWSiFB1sTAg0OY+gds67OpWQARAQABtDFGZWRvcmEgKDQzKSA8ZmVkb3JhLTQzLXByaW1hcnlAZmVkb3JhcHJvamVjdC5vcmc+iQJSBBMBCAA8FiEExufwgc+A4TFGZ26IgptgZjFkVTEFAma23M8CGw8FCwkIBwIDIgIBBhUKCQgLAgQWAgMBAh4HAheAAAoJEIKbYGYxZFUxagQP/RYWw5j0GfvvlWkDQTjTVAnHtbKuQLYM13Lx5d3W1k0g6Xdrolf4yPjh4YPYVQDXksB4i6ULLbMo8u46UCPMQwCXTd3Ax9imYn+V74Isl/CkBbKQD9YfSJjhW3mSlPa27jo2uhqpdV0Sxp05NWYnWrZN+GbtCUs1+rNTBevagOURtlZ8f0iPVRA/PxWzpjbRaGrCHlIYc3JOGKLUuQueLvOUg2pP8dtpll7S3xUe5Abyq2ifT34T0wHi6hJA3bfpXo1uNXRvGrNwgbJ7V6P7ioTcvyhS1h4zjelKFyvTnOKOy5D08HKmvTMWZQWEL7kDNymh1jMV7Abg4TPp808EiPF1GGAzXU56feaURSvIuix3MkjhGZsSQQH2kkkEIzq6j/EwmpyEMW38dtql4T2bVS/cTk/hRaqUKZlyrsL657g/4mFA1wDDM3895fYkHOpYF4JZ9SeDrhucTgpC7/TW55l6vSiFtnQvcMfjpfCA6mCA4b75k+/xG9RxxBnYU0qVuUo/8pON31yQD2AM2v7WbJBYVRYLlqPrkAZU5fe7+2wY7P7N0IAPwVA0TFJ1x6as3Kezdi/304mgoC98DBLjHaUpX2bTxKMtCzlmeqPiwtyNkA9O9IQO7qQzArBKxmAgof4wblN5SL8ifsjiJUqsK/gTYwJ744I/tzxOy5FXjA7z',
    // Fedora (44) <fedora-44-primary at fedoraproject.org>
    '36F612DCF27F7D1A48A835E4DBFCF71C6D9F90A6': 'mQINBGeGrzsBEAC4UV5Ij9oz6h6abEKIRoiezttFfnLhwOAfE9tWtfIFMRmhY91uL88PKf12n2xHBd3oc5ahBzGeTBhaMV+VJAppoQMSOIMI5q966D9GQ0LkJT+E5bwnxGRJKp7qccevh2KFOUt2vHtFskhDOuAIupoKfo5FgI9PkvAVBsrUpO/22yjNv0V/aeDXxZhRX8m/8FKJ77VcZtBRPcp7M41bCmW9gV9IDpD81hAdTjYoQr1Y3KU0FTm5W4l1mf9mZcKMskOk08TyzQeC2YRB20EYRK439XCGJ4P7BFiOl96EbPpky2pHe2FVAvX474o3QEecTK3KxZrsRjmXOqpjRPy5YyMfKEYBM9j3zBDvpDFk79Mfuw5n2Nr5U4Wn/rqfhKLUKkfpfCow97nzq8NqynwS09yVobIfjHCKRtjwun6ife+s7R4L2nAurTWPAHqzIjjW5nnjaFtoSulIadVKx+KibKajA6gRAc6K7xMyMTHfqZeTAIcawvX6h2d/nd8xCfogM5FTI5obNSUVNaMv5vQg6vcV1fb6oRgodF0Bi+1dssq5EMQpHFJMnIQ5NVwuzSjCLt3X2mWUp0mfIt2K9oBpBct12uXho7Nm1bSC5UFNYsvw+rj6vTqZilK9pyfcYmELv7a/NPkyuACsBFGoc66nBfrEvk57kW9FaJK9mjSqGftykQARAQABtDFGZWRvcmEgKDQ0KSA8ZmVkb3JhLTQ0LXByaW1hcnlAZmVkb3JhcHJvamVjdC5vcmc+iQJSBBMBCAA8FiEENvYS3PJ/fRpIqDXk2/z3HG2fkKYFAmeGrzsCGw8FCwkIBwIDIgIBBhUKCQgLAgQWAgMBAh4HAheAAAoJENv89xxtn5CmIU0P/iaFVxJjVi4Pyu8A04PbdGy2vuBBCceIjYn5HaMDwJMRjdJT6uMS494pSKNEl/JJ8K5rRdigfUV12Z22X3kI5aNb4k2wpaPg5Xq0JQS9FvG4Pjm//kNy5WplmEA8HVg4MVkvySWiXay4+tkCelhE8aQDstYEm3uh+lZ6udgoInfprwFMn6H+8RXkakTW1z5NkuAA8PpMDA9oSOFc4Hk6bhE6exEp4VNwBEkxwh4z9CGjarlXL4QEyM1UK60vtbXIHVjITjFfKVQPj6ifdn5X69oSuK+1mUFXEV+l9pc1mVjTVTwOrG3EMBsoekFyICp1pPtfMo1dxBedR8BFHqQFsFdmIG+59ycFznFOXzDRfaVn6OTEAk7T8nDqnpe/T4GlybLYic6KMKcMnbMLaJZjHZ97qJb5Scpsd1TWB5TDERi4VPB7NAVC/EwxMPC3IJUbRej/s05gNjg0+2yyuV/U/DDnNGWnLTJDFLUaE8HhQBMvNSfmdMA47mo5CCuYmpzX/3M9vlVsv8/RxJBxFLIj9VFCPFNgXPeu9gyyytXeWgsIpDzMNJil9tgbBuQ1dX5GFMkWtK/kPexMKfiSU0JgJFfFSm0OKI/KXcRlbA1zP3IF+2YwbL+P5ePinHsDiAPLCQt/dWgw2tfBZZLj9c3Ukew6Qobuy3V1knl564qQ6wjf',
    // Fedora (45) <fedora-45-primary at fedoraproject.org>
    '4F50A6114CD5C6976A7F1179655A4B02F577861E': 'mQINBGiIvJgBEAD3LK442lirRR/SSY884GtAlFjC4VbtOW82pks44Nu/7sbWQOboA9kyCs69j/lCFKsq12yU+yk0rOSNHQT1aKwe64GOi9MokcOYK1gq0DtBvakl25o1pnBok+zuBUfwTQAsNTbevw1t5rdBJKusnuPPHjTnVdjVS9HU4QhZunI/7Y9QleX2oXkN2VFi0mhF2y8gU4Tve0xxSTjfgYM6ObV3W9vMusxmAabvCfdcVPpy9iEZxyjwNL4Svkw3bt50plmnRuWRXA+P6R3SK/1XKBW/9jVr4bgs6d763VfVCMbKLpQvuWIX6/UUOEc9LDziEjxjNBPFfLq+N7kN8235B26fuj+3XM2OqLtRv4/bl0Mryn13VrJlhvdLSlmkjROlzywrGvZ/geqyqaSuEZMnWN6znxV/qt8+tEHJXNFO882wHOLTq+5F6Bm/aJvdGxSffIFQyylcEzGaNgsH7AvkZPMqk2nMJ3y1KQx+LxdLM5hwGSexdaQ0wyW5DMH1Xn49J0nNE/IPWgBlRVAz146CNHMy0kR0J9dAUxg+1GeGKYnZ+q9mvs0782rFUqgJLq1gIBEVxYVh8eaO4u1wxWb+/LSx6OjZ7yFmZjN3c6V67Fwql/0EONicQgI/2FyxLeYmQr19Cl3EY7b50Ql95RT5OqtAnqcYrzsjuv4n489F/ObRjwARAQABtDFGZWRvcmEgKDQ1KSA8ZmVkb3JhLTQ1LXByaW1hcnlAZmVkb3JhcHJvamVjdC5vcmc+iQJSBBMBCAA8FiEET1CmEUzVxpdqfxF5ZVpLAvV3hh4FAmiIvJgCGw8FCwkIBwIDIgIBBhUKCQgLAgQWAgMBAh4HAheAAAoJEGVaSwL1d4YeErcQAMnCTVRF+W1AW2kE9vQrqEXFj7wPXIH1uiwUAKtpLffjoD8SFekU6AqhrvMS1JgS0NsTwwvqbZXeZl7eTgMZ8XPxhufZ272pUaIDMlREnvoLEHb/HTbcSP8bBdCEzc5FwSNgwZEYRTC/OVhJ1isF54fd3JC9741feCgPOMG94dj1VX7FlZuq1AQsXKvI9H3GEm6DiqHg4nVRWprMP7/sKqrgNSWx4s0zC/4WpALOgLXJO8qZOtul9SzcPmt4E56jjJ7TNX3uQcgu0zKFdzb92tJ6WLpVsFk5AgBoZFSi7xZEh+nQzu/PwMorxNyw2WvKR5+avWQCY/WOpmPIBAL4IevB/sGyrDVdh1ZNMTMIf3Pz3jkn2BGMOAo4ohP+5P4hFzt/4nOm5fL6DpJxlCcWaFjMuZgdJY9IHqRcwtnX4nGnrv0cbYAjt59cnHuzqzW84KWJcDEy+3v6jAhHn6UM27CGCN99hfh7zhj+fMcOOyugCwxbjke123uNC80J1WADB0KF99en1p1f1VHBOfS3IS8ezmlWFrllrG0Rxl1a9LDkQJivH5mV0HNmYvRPlWky/mP7q66TRHKsJfD7idqM7pdf6u4vYpGq/MlbGgK4xCm7geaoLWDN5zExgrgZFzgtieIEa2M1uumjBRh9EFo/y5xhwu9mVgCJmLCLW/ByEYJE',
    // Pierre Schmitz <pierre at archlinux.org>
    '3E80CA1A8B89F69CBA57D98A76A5EF9054449A5C': 'mDMEY1+RVxYJKwYBBAHaRw8BAQdAd3XdZwOmmiALePwd26Bu3hPblAfHflGN+LudgE2Qyby0JFBpZXJyZSBTY2htaXR6IDxwaWVycmVAYXJjaGxpbnV4LmRlPoiWBBMWCAA+AhsDBQkcMgSABQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAFiEEPoDKGouJ9py6V9mKdqXvkFREmlwFAmNfk2gACgkQdqXvkFREmlzdiwD9Hf7TDfxBrJ1YwpD9lLtUVI4Kpze3P5deOb5REsGE5ocBAPn7WymPFoTUfrrxfmlsqZtSz+2D5GdXEWQYOTqUvu0MtCVQaWVycmUgU2NobWl0eiA8cGllcnJlQGFyY2hsaW51eC5vcmc+iJkEExYIAEECGwMFCRwyBIAFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AWIQQ+gMoai4n2nLpX2Yp2pe+QVESaXAUCY1+TaAIZAQAKCRB2pe+QVESaXLQPAQCFeOXY4m9LPfMDNzrOIElLyh+w9p9PBa80AsAsjXGC1gEAy9Ymc3jnAj2MJDnby3b5WyNzDbjBMKVhv2CvmDln0Aq4MwRjX5HTFgkrBgEEAdpHDwEBB0DjSWuxVrnVYEIcJlRJPmn54ReBGvqP+EYB2BVx5ZFPv4h+BBgWCAAmFiEEPoDKGouJ9py6V9mKdqXvkFREmlwFAmNfkdMCGyAFCRwyBIAACgkQdqXvkFREmlzEGwEAwvDuiUn1Mgw0x7/m0hXzveAAgLVdJWD+0/YiepxE9GoA/jCgNca2AuWyi416FYQkFtqtlIjWUb56hY5WlBvpNZIOuDgEY1+RVxIKKwYBBAGXVQEFAQEHQIhe0t8UMpN+G4c24ByW/Y1vu1m3C62KsvlRPzw/R0ANAwEIB4h+BBgWCAAmFiEEPoDKGouJ9py6V9mKdqXvkFREmlwFAmNfkVcCGwwFCRwyBIAACgkQdqXvkFREmlynZgD+PlibATlapVxz6EprGMfnktevUlfWQwShRJ+w/x8IzyAA/0nOvoE7j4sdvg4QoW/s2nPYaDy8EK/XAMRT15eScYIH',
};

// EXTERNAL MODULE: ./build/packages/media/src/vendors.js
var src_vendors = __webpack_require__(8549);
;// CONCATENATED MODULE: ./build/packages/media/src/pinned-keys.js






const WARN_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * The keys that may have signed: pinned by fingerprint, by the user or by the vendors' table. A key is never trusted for
 * being in a keyring.
 *
 * @throws UserError `no-fingerprints`, `invalid-fingerprint`, `keyring-not-found`
 */
async function pinnedKeys(request, now, log) {
    const given = (request.fingerprints ?? []).map(normaliseFingerprint);
    const vendors = request.vendor ? (0,src_vendors/* vendorFingerprints */.QA)(request.vendor) : [];
    const fingerprints = given.length > 0 ? given : vendors;
    const keyring = await readKeyring(await keySources(request.keyring, fingerprints));
    for (const sentence of keyring.skipped) {
        log.notice(sentence);
    }
    if (fingerprints.length === 0) {
        throw noFingerprints(keyring.keys);
    }
    const keys = await joined(keyring.keys, now);
    await warnOfExpiry(keys, fingerprints, now, log);
    return { keys, fingerprints };
}
async function keySources(keyring, fingerprints) {
    const bundled = fingerprints.flatMap((pin) => {
        const key = Object.hasOwn(VENDOR_KEYS, pin) ? VENDOR_KEYS[pin] : undefined;
        return key ? [Buffer.from(key, 'base64')] : [];
    });
    if (keyring === undefined) {
        return bundled;
    }
    if (keyring.includes('-----BEGIN PGP')) {
        return [Buffer.from(keyring), ...bundled];
    }
    const bytes = await (0,promises_.readFile)(keyring).catch((cause) => {
        throw new errors/* UserError */.yo(`The keyring ${keyring} cannot be read`, {
            code: 'keyring-not-found',
            fix: 'Pass the path of a file with OpenPGP public keys, or the armored keys themselves.',
            cause,
        });
    });
    return [bytes, ...bundled];
}
/** A packaged copy of a key can be older than its extension or its revocation: copies are joined. */
async function joined(keys, now) {
    const result = new Map();
    for (const key of keys) {
        const before = result.get(fingerprintOf(key));
        result.set(fingerprintOf(key), before ? await before.update(key, now) : key);
    }
    return [...result.values()];
}
async function warnOfExpiry(keys, fingerprints, now, log) {
    for (const key of keys.filter((candidate) => fingerprints.includes(fingerprintOf(candidate)))) {
        const end = await key.getExpirationTime();
        const left = end instanceof Date ? (end.getTime() - now.getTime()) / DAY_MS : Number.POSITIVE_INFINITY;
        if (end instanceof Date && left > 0 && left <= WARN_DAYS) {
            log.warning(`The pinned key ${fingerprintOf(key)} expires on ${(0,day/* day */.v)(end)}, in ${Math.ceil(left)} days: get its extended copy or its successor.`);
        }
    }
}
function noFingerprints(keys) {
    const found = keys.map(fingerprintOf).slice(0, 8);
    const hint = found.length > 0 ? ` The keyring holds ${found.join(', ')}.` : '';
    return new errors/* UserError */.yo(`No fingerprint says whose signature is to be trusted.${hint}`, {
        code: 'no-fingerprints',
        fix: 'Name the vendor, or pin the fingerprints that the vendor publishes in "fingerprints".',
    });
}

;// CONCATENATED MODULE: ./build/packages/media/src/openpgp.js
/**
 * Everything that needs openpgp.js, which takes a good part of the action's start to load: `await import` it where there
 * is a signature to check.
 */





/***/ })

};
