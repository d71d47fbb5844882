import * as l10n from '@vscode/l10n';
import { runDoctor, type DoctorStep } from '../core/kafka/connect/doctor.ts';
import { EXIT, flag, UsageError, type Command } from './command.ts';
import { connectionFrom, connectionHelp, connectionOptions } from './connection.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  operands: '',
  summary: () => l10n.t('why a cluster cannot be reached or used, step by step'),
  options: { ...connectionOptions, json: { type: 'boolean' } },
  help: () => ({ ...connectionHelp(), json: l10n.t('print JSON') }),
  async run({ options, positionals, env, out, signal }) {
    if (positionals.length > 0)
      throw new UsageError(l10n.t('doctor takes options only, not "{0}".', positionals.join(' ')));
    const { profile, secrets } = connectionFrom(options, env);
    const asJson = flag(options, 'json');
    const told: Promise<void>[] = [];
    const onStep = (step: DoctorStep) => {
      if (!asJson) told.push(tell(step));
    };
    const tell = async (step: DoctorStep) => {
      const mark = step.ok ? '✓' : '✗';
      await out.line(`${mark} ${step.step.padEnd(10)} ${step.target}  ${step.ms} ms  ${step.detail}`);
      if (step.hint !== undefined) await out.line(`  → ${step.hint}`);
    };
    const { steps, ok } = await runDoctor(profile, secrets, { signal, onStep });
    await Promise.all(told);
    if (asJson) await out.json({ steps: steps.map(stepJson) });
    return ok ? EXIT.done : EXIT.unreachable;
  },
};

const stepJson = ({ step, target, ok, ms, detail, hint }: DoctorStep) => ({
  step,
  target,
  ok,
  ms,
  detail,
  ...(hint === undefined ? {} : { hint }),
});
