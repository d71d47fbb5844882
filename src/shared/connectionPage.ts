import type { ConnectionForm, FormField, SecretChanges, SecretName } from './connectionForm.ts';

export interface ConnectionInit {
  form: ConnectionForm;
  /** Secrets that are saved for this cluster. Their values never come to the page. */
  saved: SecretName[];
  isNew: boolean;
  /** Run the doctor as soon as the page is there. */
  testNow: boolean;
}

/** One step of the connection doctor, as it comes. */
export interface DoctorStepView {
  step: 'dns' | 'tcp' | 'tls' | 'sasl' | 'metadata' | 'advertised' | 'rights';
  target: string;
  ok: boolean;
  ms: number;
  detail: string;
  hint?: string;
  /** The certificate that was refused, for "accept this certificate for this cluster only". */
  certificateSha256?: string;
}

export interface FormAndSecrets {
  form: ConnectionForm;
  secrets: SecretChanges;
}

/** A type, not an interface, so that it fits {@link Contract}'s index signature. */
export type ConnectionContract = {
  requests: {
    ready: { params: Record<string, never>; result: ConnectionInit };
    /** Saves and closes the page. */
    save: { params: FormAndSecrets; result: null };
    /** Runs the doctor without saving; each step comes as an event before the answer. Cancellable. `test`: the page's own number. */
    test: { params: FormAndSecrets & { test: number }; result: { ok: boolean } };
    /** Lets the person choose a file; null: none was chosen. */
    chooseFile: { params: { field: FormField }; result: string | null };
  };
  events: {
    /** `test`: to which of the page's tests it belongs. */
    step: { test: number; step: DoctorStepView };
    /** The person asks from the tree for a test: of what stands in the form. */
    check: Record<string, never>;
  };
};
