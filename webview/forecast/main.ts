import '../components/l10n.ts';
import '../components/toolkit.ts';
import './forecast.css';
import './replayPage.ts';

document.body.append(document.createElement('replay-page'));
