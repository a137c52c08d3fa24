import { type DigestSet, EXPORT_BUILD_TYPE, predicateTypes, type Statement } from './statement.ts';

/** Something with a name for people and a digest that identifies it. */
export interface Artifact {
  readonly name: string;
  readonly digest: DigestSet;
}

/** A statement and where it comes from (file name without `.json`). */
export interface NamedStatement {
  readonly name: string;
  readonly statement: Statement;
}

/** One state of the image: the digest, what brought it about, and what else was found out about it. */
export interface Link {
  readonly artifact: Artifact;
  /** The statements that say how it came to be; none when the chain starts here. */
  readonly producedBy: readonly string[];
  /** The statements about it that changed nothing: tests, SBOMs. */
  readonly about: readonly string[];
}

export interface Chain {
  /** From the origin to the head. */
  readonly links: readonly Link[];
  /** `medium`: the chain starts at a verified medium; `open`: nothing says where its first link comes from. */
  readonly origin: 'medium' | 'open';
  /** What breaks the chain, in words; empty when it holds. */
  readonly gaps: readonly string[];
}

/**
 * What the statement's work started from: the medium of a build (`resolvedDependencies` entry named `medium`), the
 * `input` of a test or of hardening. A statement about its subject alone (SBOM) starts from it; a medium from nothing.
 */
export function startedFrom(statement: Statement): Artifact | undefined {
  const { predicate, predicateType } = statement;
  switch (predicateType) {
    case predicateTypes.medium:
      return undefined;
    case predicateTypes.provenance: {
      const definition = record(predicate.buildDefinition);
      return (
        named(definition?.resolvedDependencies, 'medium') ?? named(definition?.resolvedDependencies, 'input')
      );
    }
    case predicateTypes.testResult:
      return named(predicate.configuration, 'input');
    default:
      return produced(statement)[0];
  }
}

/** What the statement is about: its subjects. */
export function produced(statement: Statement): readonly Artifact[] {
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
export function determineChain(statements: readonly NamedStatement[], head: Artifact): Chain {
  const links: Link[] = [];
  const gaps: string[] = [];
  const used = new Set<string>();
  let current: Artifact | undefined = head;
  let origin: Chain['origin'] = 'open';
  let cameFrom: NamedStatement | undefined;
  while (current) {
    const at: Artifact = current;
    const here = statements.filter((entry) => concerns(entry.statement, at));
    const makers = here.filter((entry) => isMaker(entry.statement, at));
    const about = here.filter((entry) => !makers.includes(entry));
    for (const entry of here) {
      used.add(entry.name);
    }
    links.unshift({ artifact: at, producedBy: makers.map(nameOf), about: about.map(nameOf) });
    const sources = makers.map((entry) => startedFrom(entry.statement));
    const [source] = sources;
    const media = makers.filter((entry) => entry.statement.predicateType === predicateTypes.medium);
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
    if (makers.length === 0 && cameFrom?.statement.predicateType === predicateTypes.provenance) {
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
function nameIn(statements: readonly NamedStatement[], artifact: Artifact): string {
  const subjects = statements.flatMap((entry) => produced(entry.statement));
  return subjects.find(({ digest }) => digest.sha256 === artifact.digest.sha256)?.name ?? artifact.name;
}

/** Says of a statement outside the chain what it is about, and what the chain has instead. */
function foreign(entry: NamedStatement, links: readonly Link[]): string {
  const subjects = produced(entry.statement).map(show).join(', ');
  const known = links.map((link) => show(link.artifact)).join(' → ');
  return `${entry.name} is about ${subjects}, which is not part of the chain ${known}`;
}

/** Whether the statement tells of an artifact written in other formats; its subjects are those. */
export function isExport(statement: Statement): boolean {
  return record(statement.predicate.buildDefinition)?.buildType === EXPORT_BUILD_TYPE;
}

function isExportOf(statement: Statement, artifact: Artifact): boolean {
  return isExport(statement) && startedFrom(statement)?.digest.sha256 === artifact.digest.sha256;
}

function concerns(statement: Statement, artifact: Artifact): boolean {
  return produced(statement).some(({ digest }) => digest.sha256 === artifact.digest.sha256);
}

/** Whether the statement tells how the artifact came to be (and is not only about it). */
function isMaker(statement: Statement, artifact: Artifact): boolean {
  const source = startedFrom(statement);
  if (!source) {
    return true;
  }
  return source.digest.sha256 !== artifact.digest.sha256;
}

/** The resource descriptor with this name, when it carries a SHA-256. */
function named(list: unknown, name: string): Artifact | undefined {
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

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function nameOf(entry: NamedStatement): string {
  return entry.name;
}

function list(entries: readonly NamedStatement[]): string {
  return entries.map(nameOf).join(' and ');
}

function show(artifact: Artifact): string {
  return `${artifact.name} sha256:${artifact.digest.sha256.slice(0, 12)}…`;
}
