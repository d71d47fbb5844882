import '../components/l10n.ts';
import '../components/toolkit.ts';
import './page.css';
import './messagesPage.ts';

document.body.append(document.createElement('messages-page'));
