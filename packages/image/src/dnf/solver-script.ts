/**
 * Chooses packages with dnf's own solver, and says in JSON what it chose: dnf's command line shows neither digests nor
 * paths. Reads a request from standard input (see `DnfRequest`); nothing of the host's dnf configuration takes part.
 *
 * Exit status 3: the answer is `{"error": code, "names": [...], "detail": text}`. Source: DNF 4 API reference.
 */
export const DNF_SOLVER = `
import json
import os
import sys

import dnf
import dnf.exceptions
import libdnf.repo

request = json.load(sys.stdin)


def fail(code, names=(), detail=''):
    json.dump({'error': code, 'names': sorted(set(names)), 'detail': str(detail)}, sys.stdout)
    sys.stdout.flush()
    os._exit(3)


base = dnf.Base()
conf = base.conf
conf.installroot = request['root']
conf.cachedir = request['cache']
conf.persistdir = request['state']
conf.logdir = request['state']
conf.reposdir = []
conf.varsdir = []
conf.pluginpath = []
conf.config_file_path = ''
conf.install_weak_deps = False
conf.best = True
conf.gpgcheck = True
conf.skip_if_unavailable = False
conf.metadata_expire = -1 if request['fetch'] else 0
conf.timeout = 30
conf.retries = 3
conf.zchunk = False
conf.check_config_file_age = False
conf.excludepkgs = request['exclude']
if request['platform']:
    conf.module_platform_id = request['platform']
conf.substitutions['releasever'] = request['release']
conf.substitutions['arch'] = request['machine']
conf.substitutions['basearch'] = request['machine']
for entry in request['repositories']:
    repo = base.repos.add_new_repo(
        entry['id'],
        conf,
        baseurl=[entry['uri']],
        gpgcheck=True,
        repo_gpgcheck=entry['signed'],
        gpgkey=entry['keys'],
        skip_if_unavailable=False,
        cost=entry['cost'],
    )
    repo.enable()
try:
    base.fill_sack(load_system_repo=True)
except dnf.exceptions.RepoError as error:
    fail('repository-unusable', detail=error)

missing = []
for name in request['install']:
    try:
        base.install(name)
    except dnf.exceptions.MarkingError:
        missing.append(name)
if missing:
    fail('package-not-found', missing)
if request['change']:
    base.upgrade_all()
    for name in request['exclude']:
        try:
            base.remove(name)
        except dnf.exceptions.MarkingError:
            pass
try:
    base.resolve(allow_erasing=request['change'])
except dnf.exceptions.DepsolveError as error:
    fail('packages-conflict', detail=error)

chosen = sorted(base.transaction.install_set)
removed = {package.name for package in base.transaction.remove_set} - {package.name for package in chosen}
if request['fetch']:
    try:
        base.download_packages(chosen)
    except dnf.exceptions.DownloadError as error:
        fail('repository-unusable', detail=error)


def described(package):
    kind, digest = package.chksum
    return {
        'name': package.name,
        'epoch': package.epoch,
        'version': package.version,
        'release': package.release,
        'architecture': package.arch,
        'repository': package.reponame,
        'location': package.location,
        'size': package.downloadsize,
        'built': package.buildtime,
        'digest': {'algorithm': libdnf_names.get(kind, str(kind)), 'hex': digest.hex()},
        'file': package.localPkg() if request['fetch'] else '',
    }


import hawkey

libdnf_names = {
    hawkey.CHKSUM_SHA256: 'sha256',
    hawkey.CHKSUM_SHA384: 'sha384',
    hawkey.CHKSUM_SHA512: 'sha512',
    hawkey.CHKSUM_SHA1: 'sha1',
    hawkey.CHKSUM_MD5: 'md5',
}
repositories = [
    {
        'id': repo.id,
        'revision': repo._repo.getRevision(),
        'timestamp': repo._repo.getMaxTimestamp(),
        'folder': repo._repo.getCachedir(),
    }
    for repo in base.repos.iter_enabled()
]
json.dump({'packages': [described(package) for package in chosen], 'removed': sorted(removed), 'repositories': repositories}, sys.stdout)
sys.stdout.flush()
# The interpreter's end does not wait for what libdnf still holds open.
os._exit(0)
`;
