/**
 * What a Dapr component type accepts in `spec.metadata`. Facts from the `metadata.yaml` files of
 * dapr/components-contrib (revision c23900d2, 2026-08-21); where the code does something else, the code wins and the
 * field says so in `documentedDefault`.
 */
export interface CatalogComponent {
  /** e.g. `pubsub.kafka`. */
  type: string;
  /** Older names that daprd still accepts. */
  aliases?: readonly string[];
  title: string;
  /** Absent: stable. */
  status?: 'beta' | 'alpha';
  /** Where it is explained, below {@link REFERENCE}. */
  page: string;
  fields: readonly CatalogField[];
  authProfiles: readonly AuthProfile[];
  /** Further names that the code reads although they are not documented: never "unknown". */
  alsoRead?: readonly string[];
  replay: ReplayFact;
}

/**
 * How the text of a value is read. `bool`: y/yes/true/t/on/1 in any case, all else false; `duration`: Go duration or
 * a bare integer, see {@link CatalogField.integerUnit}; `number`: an integer unless `fraction`.
 */
export type FieldType = 'string' | 'bool' | 'number' | 'duration';

export interface CatalogField {
  name: string;
  type: FieldType;
  required?: boolean;
  /** In code. */
  codeDefault?: string;
  /** Only where documentation says something else than the code does. */
  documentedDefault?: string;
  example?: string;
  allowedValues?: readonly string[];
  sensitive?: boolean;
  /** What to use instead; empty: nothing. */
  deprecated?: string;
  /** First daprd release that reads the field; an older one ignores it without a message. */
  since?: string;
  /** Read by its exact spelling only (other fields: in any letter case). */
  exactCase?: boolean;
  /** Unit of a bare integer in a duration field. */
  integerUnit?: 'ms' | 's';
  /** A PEM block: a trailing newline is harmless. */
  pem?: boolean;
  /** bindings: the direction the field is for. */
  role?: 'input' | 'output';
}

export interface AuthProfile {
  title: string;
  /** The value of `authType` that selects it, where the component has one. */
  authType?: string;
  /** Fields of this profile besides the component's own; `required` holds within the profile. */
  fields: readonly CatalogField[];
}

/** Where a subscriber that the broker has never seen begins, and what decides it. */
export interface ReplayFact {
  /** What a new subscriber gets when nothing is configured. */
  codeDefault: 'newest' | 'oldest' | 'only-while-subscribed';
  /** The field that decides, where there is one. */
  field?: string;
  /** Value of `field` with which the messages that exist already are delivered. */
  oldestValue?: string;
  /** What the broker remembers the subscriber by. */
  identity: string;
}

/** `spec.version`: there is no other so far. */
export const VERSION = 'v1';

/** Dapr's documentation of components. */
export const REFERENCE = 'https://docs.dapr.io/reference/components-reference/';

/** The facts of a field that its name and type do not tell. */
type MoreFacts = Omit<CatalogField, 'name' | 'type'>;

export const text = (name: string, more?: MoreFacts): CatalogField => ({ name, type: 'string', ...more });
export const bool = (name: string, more?: MoreFacts): CatalogField => ({ name, type: 'bool', ...more });
/** Off unless it is set. */
export const flag = (name: string, more?: MoreFacts): CatalogField => bool(name, { codeDefault: 'false', ...more });
export const number = (name: string, more?: MoreFacts): CatalogField => ({ name, type: 'number', ...more });
export const duration = (name: string, more?: MoreFacts): CatalogField => ({ name, type: 'duration', ...more });

/** Read by the runtime on every pub/sub component (components-contrib adds them when it bundles the metadata). */
export const RUNTIME_FIELDS: readonly CatalogField[] = [
  text('consumerID', { exactCase: true, example: 'my-group' }),
  text('allowedTopics', { example: 'orders,payments' }),
  text('protectedTopics', { example: 'payments' }),
  text('publishingScopes', { example: 'app1=orders;app2=' }),
  text('subscriptionScopes', { example: 'app1=orders;app2=' }),
];
