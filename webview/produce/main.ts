import '../components/l10n.ts';
import '../components/toolkit.ts';
import './produce.css';
import './producePage.ts';

document.body.append(document.createElement('produce-page'));
