import * as l10n from '@vscode/l10n';
import { itemOf, looseItemOf, type Component, type MetadataItem } from '../resources/component.ts';
import type { TextEdit } from '../finding.ts';
import { addItem, applyEdits, replaceByText, setValue } from '../rules/edits.ts';
import { flowAsJson, isJsonFile } from '../yaml/jsonText.ts';
import { Workspace, type SourceFile } from '../workspace.ts';

/** What the planner may write into a component. */
export interface ComponentEdit {
  initialOffset?: string;
  consumerGroup?: string;
  /** Leave the component as it is and add a second one of this name behind it. */
  copyAs?: string;
}

/**
 * A file with a component's values set: comments, order, quotes and indentation of everything else stay.
 * @throws Error a sentence: this text cannot be edited by a tool
 */
export function editedFile(file: SourceFile, component: string, edit: ComponentEdit): string {
  const workspace = new Workspace();
  workspace.set(file.path, file.text);
  const found = workspace.components.find(({ name, document }) => name === component && document.file === file.path);
  if (!found) throw new Error(l10n.t('{0} is no longer in {1}.', component, file.path));
  const { document } = found;
  if (file.text.slice(document.start, document.start + document.text.length) !== document.text)
    throw new Error(l10n.t('{0} lies inside another document of {1}. Edit it by hand.', component, file.path));
  const edits = [
    ...setItem(found, 'initialOffset', itemOf(found, 'initialOffset'), edit.initialOffset),
    ...setItem(found, 'consumerGroup', looseItemOf(found, 'consumerGroup'), edit.consumerGroup),
  ];
  const { copyAs } = edit;
  if (copyAs === undefined) {
    const json = isJsonFile(file.path);
    const place = ({ range, newText }: TextEdit) => ({
      range: { start: range.start + document.start, end: range.end + document.start },
      newText: json ? flowAsJson(newText) : newText,
    });
    return applyEdits(file.text, edits.map(place));
  }
  if (isJsonFile(file.path)) throw onlyByHand(found);
  if (found.nameNode === undefined) throw new Error(l10n.t('{0} is no longer in {1}.', component, file.path));
  const copy = applyEdits(document.text, [...edits, replaceByText(found.nameNode, copyAs)]);
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const body = copy.replace(/^(?:---[^\n]*)?\s*\n/, '').trimEnd();
  return `${file.text.trimEnd()}${eol}---${eol}${body}${eol}`;
}

function setItem(
  component: Component,
  name: string,
  item: MetadataItem | undefined,
  value: string | undefined,
): TextEdit[] {
  if (value === undefined) return [];
  if (item !== undefined && item.valueNode === undefined && (item.secretKeyRef ?? item.envRef) !== undefined)
    throw new Error(
      l10n.t('{0} takes {1} from elsewhere. Change it there, or edit the file by hand.', component.name, name),
    );
  const edit = item === undefined ? addItem(component, name, value) : setValue(item, value, component.document);
  if (edit === undefined) throw onlyByHand(component);
  return [edit];
}

const onlyByHand = ({ name }: Component): Error =>
  new Error(l10n.t('The metadata of {0} is written in a way that only a person can edit.', name));
