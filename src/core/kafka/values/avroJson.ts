import * as l10n from '@vscode/l10n';
import avro from 'avsc';
import { isLosslessNumber } from 'lossless-json';
import { base64Bytes } from './base64.ts';

/**
 * A value for avsc from JSON as the decoder writes it: bytes and fixed as base64, 64-bit integers to the last digit.
 * Absent fields get their defaults. Numbers come as lossless-json's. Throws a sentence that names the place.
 */
export function avroValue(type: avro.Type, json: unknown, place = '$'): unknown {
  const problem = (wanted: string): Error => new Error(l10n.t('{0} must be {1}, as the schema says.', place, wanted));
  if (type instanceof avro.types.RecordType) {
    if (!isObject(json)) throw problem(`record ${type.name ?? ''}`.trim());
    const known = new Set(type.fields.map((field) => field.name));
    for (const name of Object.keys(json))
      if (!known.has(name)) throw new Error(l10n.t('{0} has no field {1}.', type.name ?? place, name));
    return Object.fromEntries(
      type.fields.map((field) => {
        const given = json[field.name];
        const value =
          given === undefined
            ? (field.defaultValue() as unknown)
            : avroValue(field.type, given, `${place}.${field.name}`);
        if (value === undefined) throw new Error(l10n.t('{0} is missing.', `${place}.${field.name}`));
        return [field.name, value];
      }),
    );
  }
  if (type instanceof avro.types.ArrayType) {
    if (!Array.isArray(json)) throw problem('array');
    return json.map((item, i) => avroValue(type.itemsType, item, `${place}[${i}]`));
  }
  if (type instanceof avro.types.MapType) {
    if (!isObject(json)) throw problem('map');
    return Object.fromEntries(
      Object.entries(json).map(([key, item]) => [
        key,
        avroValue(type.valuesType as avro.Type, item, `${place}.${key}`),
      ]),
    );
  }
  if (type instanceof avro.types.WrappedUnionType) return namedBranch(type, json, place);
  if (type instanceof avro.types.UnwrappedUnionType) return fittingBranch(type, json, place);
  const value = leaf(type.typeName, json).find((candidate) => candidate !== undefined && type.isValid(candidate));
  if (value === undefined) throw problem(type.name ?? type.typeName.replace('abstract:', ''));
  return value;
}

/** Where kinds do not tell the branch, its name does: `{"shop.Order": {…}}`, as the decoder writes it. */
function namedBranch(type: avro.types.WrappedUnionType, json: unknown, place: string): unknown {
  if (json === null && type.types.some((branch) => branch.typeName === 'null')) return null;
  const [name, ...more] = isObject(json) ? Object.keys(json) : [];
  const branch = type.types.find((one) => one.branchName === name);
  if (!isObject(json) || name === undefined || more.length > 0 || !branch) {
    const names = type.types.map((one) => one.branchName).join(', ');
    throw new Error(l10n.t('{0} must be an object with one key that names the branch: {1}.', place, names));
  }
  return { [name]: avroValue(branch, json[name], `${place}.${name}`) };
}

/** The first branch that takes the value. */
function fittingBranch(type: avro.types.UnwrappedUnionType, json: unknown, place: string): unknown {
  const reasons: Error[] = [];
  for (const branch of type.types) {
    try {
      return avroValue(branch, json, place);
    } catch (error) {
      if (branch.typeName !== 'null') reasons.push(error as Error);
    }
  }
  // With one branch besides null, its reason says more than "none fits".
  if (reasons.length === 1 && reasons[0]) throw reasons[0];
  const names = type.types.map((branch) => branch.typeName).join(', ');
  throw new Error(l10n.t('{0} fits no branch of its union: {1}.', place, names));
}

/** What the JSON may stand for. A long with a logical type is a number to avsc, any other one a BigInt (avroSchema.ts). */
function leaf(typeName: string, json: unknown): unknown[] {
  if (!isLosslessNumber(json)) {
    if (typeName !== 'bytes' && typeName !== 'fixed') return [json];
    return typeof json === 'string' ? [base64Bytes(json)] : [];
  }
  const text = json.toString();
  return /^-?\d+$/.test(text) && typeName.endsWith('long') ? [BigInt(text), Number(text)] : [Number(text)];
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && !isLosslessNumber(json);
