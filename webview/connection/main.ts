import '../components/l10n.ts';
import '../components/toolkit.ts';
import './connection.css';
import './connectionPage.ts';

document.body.append(document.createElement('connection-page'));
