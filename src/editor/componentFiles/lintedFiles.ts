import * as vscode from 'vscode';
import { parseLintConfig } from '../../core/dapr/config.ts';
import { declaringOf, isDeclaring } from '../../core/dapr/resources/apps.ts';
import { RULES } from '../../core/dapr/rules/all.ts';
import { createLinter, type Linter } from '../../core/dapr/rules/lint.ts';
import { asDamaged, decode, isDamaged } from '../../core/dapr/yaml/bytes.ts';
import type { LintOptions } from '../../core/dapr/lintOptions.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import type { Finding } from '../../core/dapr/finding.ts';
import { folderPrefixes } from '../../shared/folderNames.ts';
import { LARGEST_FILE, tooLarge, unreadable } from '../../shared/skippedFile.ts';
import type { LiveFacts } from './liveFacts.ts';
import { affectsLint, lintOptions } from './settings.ts';

/** daprd reads YAML files in any letter case. */
const GLOB = '**/*.{[yY][aA][mM][lL],[yY][mM][lL],json}';
const SKIPPED = ['node_modules', '.git', 'dist', 'out', 'bin', 'obj', 'target', 'vendor'];
const ENDING = /\.(?:ya?ml|json)$/i;
/** Files read at a time. */
const AT_ONCE = 32;
/** ms without a key press until the other files are judged anew. */
const QUIET = 250;
/** ms for which changes of files on the disk are collected: a checkout writes many at once. */
const TOGETHER = 50;

/**
 * The linter, fed with every YAML and JSON file of the workspace and with open documents as they are typed.
 * An open document wins over its file.
 */
export class LintedFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri[] | 'all'>();
  /** These files, or all, may have other findings now. */
  readonly onDidChange = this.#changed.event;
  readonly #uris = new Map<string, vscode.Uri>();
  readonly #texts = new Map<string, string>();
  /** Files that are not UTF-8: daprd reads their bytes, whatever the editor shows. */
  readonly #damaged = new Set<string>();
  /** Files that are there and are not read, with a sentence each. */
  readonly #skipped = new Map<string, { uri: vscode.Uri; message: string }>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #facts: LiveFacts | null;
  #options: LintOptions;
  #linter: Linter;
  #config = '';
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #together: ReturnType<typeof setTimeout> | undefined;

  constructor(facts: LiveFacts | null) {
    this.#facts = facts;
    this.#options = lintOptions();
    this.#linter = this.#newLinter();
    const changes = vscode.workspace.createFileSystemWatcher(GLOB, true, false, true);
    // A folder that comes or goes is told as a whole, without its files.
    const comings = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    this.#subscriptions = [
      this.#changed,
      this.#changed.event((which) => which === 'all' && facts?.follow(this.#linter, this.#options)),
      ...(facts ? [facts.onDidChange(() => this.#changed.fire('all'))] : []),
      changes,
      changes.onDidChange((uri) => isListed(uri) && void this.#load(uri)),
      comings,
      comings.onDidCreate((uri) => void this.#came(uri)),
      comings.onDidDelete((uri) => this.#gone(uri)),
      vscode.workspace.onDidOpenTextDocument((d) => this.#opened(d)),
      vscode.workspace.onDidChangeTextDocument((e) => this.#typed(e.document)),
      vscode.workspace.onDidSaveTextDocument((d) => this.#damaged.has(pathOf(d.uri)) && void this.#load(d.uri)),
      vscode.workspace.onDidCloseTextDocument((d) => this.#closed(d)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#startAnew()),
      vscode.workspace.onDidChangeConfiguration((e) => affectsLint(e) && this.#restart()),
    ];
  }

  /** For which daprd the files are judged. */
  get options(): LintOptions {
    return this.#options;
  }

  get linter(): Pick<Linter, 'workspace' | 'findings'> {
    return this.#linter;
  }

  get workspace(): Workspace {
    return this.#linter.workspace;
  }

  /** Reads all files of the workspace; open documents are there at once. */
  async scan(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) this.#typed(document);
    await this.#readAll(GLOB);
    this.#changed.fire('all');
  }

  /** Findings of a document as its text is now; undefined: no Dapr document in it. */
  findings(document: vscode.TextDocument): Finding[] | undefined {
    this.refresh(document);
    return this.findingsOf(document.uri);
  }

  findingsOf(uri: vscode.Uri): Finding[] | undefined {
    const path = pathOf(uri);
    return this.#linter.hasDapr(path) ? this.#linter.findings(path) : undefined;
  }

  /** The path under which the model knows a document, after it was told its text of now. */
  refresh(document: vscode.TextDocument): string {
    const path = pathOf(document.uri);
    if (isCandidate(document)) this.#set(document.uri, this.#textOf(document));
    return path;
  }

  uriOf(path: string): vscode.Uri | undefined {
    return this.#uris.get(path);
  }

  /** Of a path of the model, which may be new: beside a document of the same workspace folder. */
  uriFor(path: string, document: vscode.TextDocument): vscode.Uri {
    const known = this.#uris.get(path);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (known || !folder) return known ?? vscode.Uri.parse(path);
    return vscode.Uri.joinPath(folder.uri, path.slice(prefixOf(folder).length));
  }

  /** The text the model has of a file. */
  textAt(uri: vscode.Uri): string {
    return this.#texts.get(pathOf(uri)) ?? '';
  }

  /** Files with at least one Dapr document. */
  daprFiles(): vscode.Uri[] {
    return [...this.#uris].filter(([path]) => this.#linter.hasDapr(path)).map(([, uri]) => uri);
  }

  /** Files of which nobody knows whether they are Dapr's, and why. */
  skipped(): Iterable<{ uri: vscode.Uri; message: string }> {
    return this.#skipped.values();
  }

  dispose(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#together);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #typed(document: vscode.TextDocument): void {
    if (!isCandidate(document)) return;
    const before = this.#linter.hasDapr(pathOf(document.uri));
    this.#set(document.uri, this.#textOf(document));
    const after = this.#linter.hasDapr(pathOf(document.uri));
    if (!before && !after) return;
    this.#changed.fire([document.uri]);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#changed.fire('all'), QUIET);
  }

  /** The scan has read the files of the workspace; any other is read when it is opened. */
  #opened(document: vscode.TextDocument): void {
    this.#typed(document);
    const { uri } = document;
    const isFile = vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
    if (isFile && isCandidate(document) && !vscode.workspace.getWorkspaceFolder(uri)) void this.#load(uri);
  }

  /** What no scan would find counts as long as it is open. */
  #closed({ uri }: vscode.TextDocument): void {
    if (isListed(uri)) void this.#load(uri);
    else this.#remove(uri);
  }

  /** Paths mean something else with other folders, and files of one that was removed are no longer ours. */
  #startAnew(): void {
    for (const known of [this.#uris, this.#texts, this.#damaged, this.#skipped]) known.clear();
    this.#config = '';
    this.#restart();
    void this.scan();
  }

  #textOf(document: vscode.TextDocument): string {
    const text = document.getText();
    return this.#damaged.has(pathOf(document.uri)) ? asDamaged(text) : text;
  }

  async #readAll(pattern: vscode.GlobPattern): Promise<void> {
    const uris = await vscode.workspace.findFiles(pattern, `**/{${SKIPPED.join()}}/**`);
    for (let i = 0; i < uris.length; i += AT_ONCE)
      await Promise.all(uris.slice(i, i + AT_ONCE).map((uri) => this.#read(uri)));
  }

  async #load(uri: vscode.Uri): Promise<void> {
    await this.#read(uri);
    this.#allSoon();
  }

  #allSoon(): void {
    this.#together ??= setTimeout(() => {
      this.#together = undefined;
      this.#changed.fire('all');
    }, TOGETHER);
  }

  async #read(uri: vscode.Uri): Promise<void> {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      const text = size > LARGEST_FILE ? undefined : decode(await vscode.workspace.fs.readFile(uri));
      if (text !== undefined && isDamaged(text)) this.#damaged.add(pathOf(uri));
      else this.#damaged.delete(pathOf(uri));
      const open = openDocument(uri);
      if (open) this.#set(uri, this.#textOf(open));
      else if (text !== undefined) this.#set(uri, text);
      else this.#skip(uri, tooLarge(pathOf(uri)));
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
      if (openDocument(uri)) return;
      // Gone between the listing and the reading, or an untitled document that was closed.
      if (error.code === 'FileNotFound') this.#remove(uri);
      else this.#skip(uri, unreadable(pathOf(uri), error.message));
    }
  }

  /** JSON of that kind is data, which many workspaces have: only YAML is told of. */
  #skip(uri: vscode.Uri, message: string): void {
    this.#remove(uri);
    if (!uri.path.toLowerCase().endsWith('.json')) this.#skipped.set(pathOf(uri), { uri, message });
  }

  #set(uri: vscode.Uri, text: string): void {
    const path = pathOf(uri);
    if (this.#skipped.delete(path)) this.#allSoon();
    if (this.#texts.get(path) === text) return;
    this.#uris.set(path, uri);
    this.#texts.set(path, text);
    this.#linter.set(path, text);
    if (isDeclaring(path)) this.#declared();
  }

  #remove(uri: vscode.Uri): void {
    const path = pathOf(uri);
    this.#damaged.delete(path);
    this.#uris.delete(path);
    if (this.#skipped.delete(path)) this.#allSoon();
    if (!this.#texts.delete(path)) return;
    this.#linter.remove(path);
    if (isDeclaring(path)) this.#declared();
    this.#allSoon();
  }

  /** A file, or a folder with all that is in it. */
  async #came(uri: vscode.Uri): Promise<void> {
    if (isListed(uri)) return this.#load(uri);
    if (isSkipped(uri) || !(await isFolder(uri))) return;
    await this.#readAll(new vscode.RelativePattern(uri, GLOB));
    this.#allSoon();
  }

  /** A file, or a folder with all that was in it. */
  #gone(uri: vscode.Uri): void {
    const below = `${uri.toString()}/`;
    for (const known of [...this.#uris.values(), ...[...this.#skipped.values()].map((file) => file.uri)])
      if (known.toString() === uri.toString() || known.toString().startsWith(below)) this.#remove(known);
  }

  /** The configuration has changed, or another one counts now. */
  #declared(): void {
    const config = this.#texts.get(declaringOf(this.#texts.keys()) ?? '') ?? '';
    if (config === this.#config) return;
    this.#config = config;
    this.#restart();
  }

  #newLinter(): Linter {
    return createLinter(this.#options, this.#facts?.rules(RULES));
  }

  /** Other options: everything is judged anew. The workspace's own configuration file wins over the settings. */
  #restart(): void {
    const settings = lintOptions();
    const { options } = parseLintConfig(this.#config);
    const severities = { ...settings.severities, ...options.severities };
    this.#options = { ...settings, ...options, severities };
    this.#linter = this.#newLinter();
    for (const [path, text] of this.#texts) this.#linter.set(path, text);
    this.#changed.fire('all');
  }
}

/**
 * YAML and JSON by language; a file of another language by its ending. Of the workspace, new, or from where it could be
 * written back: a former version in a diff, an edit that is only proposed or a record is no file of anybody's daprd.
 */
function isCandidate({ uri, languageId }: vscode.TextDocument): boolean {
  const { workspace } = vscode;
  const counts =
    uri.scheme === 'untitled' ||
    workspace.getWorkspaceFolder(uri) !== undefined ||
    workspace.fs.isWritableFileSystem(uri.scheme) === true;
  const languages = ['yaml', 'dockercompose', 'helm', 'json', 'jsonc'];
  return counts && (languages.includes(languageId) || ENDING.test(uri.path));
}

/** What {@link LintedFiles.scan} would find. */
function isListed(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined && ENDING.test(uri.path) && !isSkipped(uri);
}

function isSkipped(uri: vscode.Uri): boolean {
  return vscode.workspace
    .asRelativePath(uri, false)
    .split('/')
    .some((name) => SKIPPED.includes(name));
}

/** What is gone already is none. */
const isFolder = (uri: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString() && !d.isClosed);
}

function pathOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder ? prefixOf(folder) + vscode.workspace.asRelativePath(uri, false) : uri.toString();
}

const prefixOf = ({ index }: vscode.WorkspaceFolder): string =>
  folderPrefixes(vscode.workspace.workspaceFolders ?? [])[index] ?? '';
