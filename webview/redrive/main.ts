import '../components/l10n.ts';
import '../components/toolkit.ts';
import './redrive.css';
import './redrivePage.ts';

document.body.append(document.createElement('redrive-page'));
