import '../components/l10n.ts';
import './group.css';
import './groupPage.ts';

document.body.append(document.createElement('group-page'));
