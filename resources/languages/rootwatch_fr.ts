<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>Arrival</name>
    <message>
        <source>A member of staff will help you to sign in.</source>
        <translation>Une personne de l’équipe vous aidera à vous identifier.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Hello, {name} Is this you?</source>
        <translation>Bonjour, {name} Est-ce vous&#xa0;?</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>J’ai besoin d’aide</translation>
    </message>
    <message>
        <source>No, this is not me</source>
        <translation>Non, ce n’est pas moi</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un instant, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Veuillez vous adresser à l’accueil.</translation>
    </message>
    <message>
        <source>Please ask at the desk. Nothing was lost.</source>
        <translation>Veuillez vous adresser à l’accueil. Rien n’a été perdu.</translation>
    </message>
    <message>
        <source>Please check or ask at the desk.</source>
        <translation>Vérifiez, ou adressez-vous à l’accueil.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Cet écran est en pause.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>We are looking for you.</source>
        <translation>Nous cherchons vos données.</translation>
    </message>
    <message>
        <source>We could not match that.</source>
        <translation>Nous n’avons pas trouvé ces données.</translation>
    </message>
    <message>
        <source>Yes, this is me</source>
        <translation>Oui, c’est moi</translation>
    </message>
    <message>
        <source>You were born in {month}.</source>
        <translation>Mois de naissance&#xa0;: {month}.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>A nurse is coming.</source>
        <translation>Une personne de l’équipe infirmière arrive.</translation>
    </message>
    <message>
        <source>About {count} questions, {minutes} minutes.</source>
        <translation>Environ {count} questions, {minutes} minutes.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>Do you want to stop?</source>
        <translation>Voulez-vous arrêter&#xa0;?</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Pour le personnel</translation>
    </message>
    <message>
        <source>Go on where you stopped?</source>
        <translation>Reprendre là où vous en étiez&#xa0;?</translation>
    </message>
    <message>
        <source>Go on with the questions</source>
        <translation>Continuer les questions</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>Non, merci</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Arrêter ici</translation>
    </message>
    <message>
        <source>Thank you. Saved at {time}.</source>
        <translation>Merci. Enregistré à {time}.</translation>
    </message>
    <message>
        <source>The staff have been called again.</source>
        <translation>Le personnel a été appelé de nouveau.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Le personnel a été appelé.</translation>
    </message>
    <message>
        <source>They are kept on this screen. Please leave it as it is, tell a member of staff, or try again.</source>
        <translation>Elles sont gardées sur cet écran. Laissez-le tel quel et prévenez une personne de l’équipe, ou réessayez.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>What you have answered so far will be saved for your nurse.</source>
        <translation>Ce que vous avez répondu jusqu’ici sera enregistré pour votre infirmier ou infirmière.</translation>
    </message>
    <message>
        <source>Would you like to add anything?</source>
        <translation>Voulez-vous ajouter quelque chose&#xa0;?</translation>
    </message>
    <message>
        <source>Would you like to answer the remaining questions?</source>
        <translation>Voulez-vous répondre aux questions restantes&#xa0;?</translation>
    </message>
    <message>
        <source>Yes, answer again</source>
        <translation>Oui, répondre à nouveau</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>Oui, continuer</translation>
    </message>
    <message>
        <source>You already answered today.</source>
        <translation>Vous avez déjà répondu aujourd’hui.</translation>
    </message>
    <message>
        <source>You do not have to. If you feel unwell, please tell the staff.</source>
        <translation>Ce n’est pas obligatoire. Si vous vous sentez mal, prévenez le personnel.</translation>
    </message>
    <message>
        <source>You may skip any of them. A nurse reads your answers on working days. If you feel very unwell, tell the staff now.</source>
        <translation>Vous pouvez passer n’importe laquelle. L’équipe infirmière lit vos réponses les jours ouvrables. Si vous vous sentez très mal, prévenez le personnel maintenant.</translation>
    </message>
    <message>
        <source>Your answers are not saved yet.</source>
        <translation>Vos réponses ne sont pas encore enregistrées.</translation>
    </message>
    <message>
        <source>Your answers from before are still here.</source>
        <translation>Vos réponses d’avant sont encore ici.</translation>
    </message>
    <message>
        <source>Your next questions are due on {day}.</source>
        <translation>Vos prochaines questions sont prévues le {day}.</translation>
    </message>
    <message>
        <source>Your nurse would like a few answers again, a little earlier than planned.</source>
        <translation>L’équipe infirmière souhaite à nouveau quelques réponses, un peu plus tôt que prévu.</translation>
    </message>
</context>
<context>
    <name>BodyDrawing</name>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
    <message>
        <source>Show the back</source>
        <translation>Voir de dos</translation>
    </message>
    <message>
        <source>Show the front</source>
        <translation>Voir de face</translation>
    </message>
    <message>
        <source>You from behind</source>
        <translation>Vous de dos</translation>
    </message>
    <message>
        <source>You from the front</source>
        <translation>Vous de face</translation>
    </message>
    <message>
        <source>{place}, marked</source>
        <translation>{place}, marqué</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}&#xa0;: {score}</translation>
    </message>
</context>
<context>
    <name>CalibrateScreen</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Hold a bank card against the screen.</source>
        <translation>Posez une carte bancaire contre l’écran.</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Make the drawing as large as the card, then touch Save.</source>
        <translation>Donnez au dessin la taille de la carte, puis touchez Enregistrer.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>This screen is {width} x {height} mm.</source>
        <translation>Cet écran mesure {width} x {height} mm.</translation>
    </message>
</context>
<context>
    <name>ComfortScreen</name>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Draft translation, not clinically validated.</source>
        <translation>Traduction provisoire, non validée cliniquement.</translation>
    </message>
    <message>
        <source>Hold a key until it counts</source>
        <translation>Maintenir une touche jusqu’à ce qu’elle compte</translation>
    </message>
    <message>
        <source>I use my left hand</source>
        <translation>J’utilise la main gauche</translation>
    </message>
    <message>
        <source>I use my right hand</source>
        <translation>J’utilise la main droite</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Langue et confort</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>Grand texte</translation>
    </message>
    <message>
        <source>Largest text</source>
        <translation>Très grand texte</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Small text</source>
        <translation>Petit texte</translation>
    </message>
    <message>
        <source>Usual text</source>
        <translation>Texte normal</translation>
    </message>
    <message>
        <source>What you touch is changed at once.</source>
        <translation>Ce que vous touchez change aussitôt.</translation>
    </message>
    <message>
        <source>Your hand</source>
        <translation>Votre main</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>For staff</source>
        <translation>Pour le personnel</translation>
    </message>
    <message>
        <source>Please give this screen back to the nurse.</source>
        <translation>Veuillez rendre cet écran à l’équipe infirmière.</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>All four digits</source>
        <translation>Les quatre chiffres</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Tout effacer</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Effacer le dernier chiffre</translation>
    </message>
    <message>
        <source>From 1 to 31</source>
        <translation>De 1 à 31</translation>
    </message>
    <message>
        <source>In which year were you born?</source>
        <translation>Votre année de naissance&#xa0;?</translation>
    </message>
    <message>
        <source>It has six digits and is for today.</source>
        <translation>Il a six chiffres et vaut pour aujourd’hui.</translation>
    </message>
    <message>
        <source>It is on your clinic card.</source>
        <translation>Il est sur votre carte de la clinique.</translation>
    </message>
    <message>
        <source>On which day of the month were you born?</source>
        <translation>Votre jour de naissance&#xa0;?</translation>
    </message>
    <message>
        <source>Please type the code from the desk.</source>
        <translation>Veuillez taper le code de l’accueil.</translation>
    </message>
    <message>
        <source>Please type your clinic number.</source>
        <translation>Veuillez taper votre numéro de la clinique.</translation>
    </message>
    <message>
        <source>Typed so far: {digits}</source>
        <translation>Tapé jusqu’ici&#xa0;: {digits}</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>1 question is not answered</source>
        <translation>1 question est sans réponse</translation>
    </message>
    <message>
        <source>How strong, at its worst?</source>
        <translation>De quelle intensité, au pire moment&#xa0;?</translation>
    </message>
    <message>
        <source>I have no {complaint}</source>
        <translation>{complaint}&#xa0;: non</translation>
    </message>
    <message>
        <source>If you are not sure, touch it. Untouched means no.</source>
        <translation>En cas de doute, touchez. Non touché veut dire non.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>Est-ce exact&#xa0;?</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Langue et confort</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Écouter</translation>
    </message>
    <message>
        <source>None of the others</source>
        <translation>Rien d’autre</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Rien de tout cela</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Lire à voix haute</translation>
    </message>
    <message>
        <source>Touch one answer</source>
        <translation>Touchez une réponse</translation>
    </message>
    <message>
        <source>Touch one answer in each line</source>
        <translation>Touchez une réponse sur chaque ligne</translation>
    </message>
    <message>
        <source>Touch one number</source>
        <translation>Touchez un chiffre</translation>
    </message>
    <message>
        <source>You chose {score}</source>
        <translation>Vous avez choisi {score}</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>How a date is said, in the letters of QDate.toString: day of the week, day, month.</extracomment>
        <translation>dddd d MMMM</translation>
    </message>
    <message>
        <source>none</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>{count} questions are not answered</source>
        <translation>{count} questions sont sans réponse</translation>
    </message>
    <message>
        <source>{name}, {place}</source>
        <translation>{name}, {place}</translation>
    </message>
    <message>
        <source>{name}, {side}</source>
        <translation>{name}, {side}</translation>
    </message>
    <message>
        <source>{none} ({count})</source>
        <translation>{none} ({count})</translation>
    </message>
    <message>
        <source>{place}: how much?</source>
        <translation>{place}&#xa0;: combien&#xa0;?</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}&#xa0;: {score}</translation>
    </message>
    <message>
        <source>{score} means: {words}.</source>
        <translation>{score} signifie : {words}.</translation>
    </message>
    <message>
        <source>{score} of {highest}</source>
        <translation>{score} sur {highest}</translation>
    </message>
    <message>
        <source>{score}. {compared}</source>
        <translation>{score}. {compared}</translation>
    </message>
    <message>
        <source>{side} side</source>
        <translation>{side}</translation>
    </message>
    <message>
        <source>{side} {site}</source>
        <translation>{site}, {side}</translation>
    </message>
    <message>
        <source>{side}: {statement}</source>
        <translation>{side}&#xa0;: {statement}</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>Are you still there?</source>
        <translation>Êtes-vous toujours là&#xa0;?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>Terminer plus tard</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Veuillez vous adresser à l’accueil.</translation>
    </message>
    <message>
        <source>This page closes in {seconds} seconds.</source>
        <translation>Cette page se ferme dans {seconds} secondes.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Cet écran est en pause.</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>Oui, il me faut plus de temps</translation>
    </message>
    <message>
        <source>Your answers are kept. This page closes in {seconds} seconds.</source>
        <translation>Vos réponses sont conservées. Cette page se ferme dans {seconds} secondes.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <extracomment>The name of the language, in the language itself.</extracomment>
        <translation>Français</translation>
    </message>
    <message>
        <source>en_GB</source>
        <extracomment>Language and territory that say how days and months are called. Their digits must be 0 to 9.</extracomment>
        <translation>fr_FR</translation>
    </message>
</context>
<context>
    <name>MenuScreen</name>
    <message>
        <source>Calibrate the screen</source>
        <translation>Calibrer l’écran</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>Fermer la borne</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Pour le personnel</translation>
    </message>
</context>
<context>
    <name>MonthScreen</name>
    <message>
        <source>In which month were you born?</source>
        <translation>Votre mois de naissance&#xa0;?</translation>
    </message>
    <message>
        <source>Touch the month, then Next.</source>
        <translation>Touchez le mois, puis Suivant.</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Call staff</source>
        <translation>Appeler le personnel</translation>
    </message>
    <message>
        <source>For staff only. Please type the PIN.</source>
        <translation>Réservé au personnel. Veuillez taper le code PIN.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Or touch Back.</source>
        <translation>Ou touchez Retour.</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>{count} chiffres</translation>
    </message>
</context>
<context>
    <name>QuestionScreen</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Question {number} of {count}</source>
        <translation>Question {number} sur {count}</translation>
    </message>
    <message>
        <source>Question {number} of {count}, not saved yet</source>
        <translation>Question {number} sur {count}, pas encore enregistré</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Skip this question</source>
        <translation>Passer cette question</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Start</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Tell us how you are after your procedure. It takes a few minutes.</source>
        <translation>Dites-nous comment vous allez après votre intervention. Cela prend quelques minutes.</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Answer now</source>
        <translation>Répondre maintenant</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Page {page} sur {count}</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Send my answers</source>
        <translation>Envoyer mes réponses</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Envoi …</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>J’ai besoin d’aide</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
</context>
<context>
    <name>StaffCorner</name>
    <message>
        <source>No staff PIN was set for this clinic.</source>
        <translation>Aucun code PIN du personnel n’a été fixé pour cette clinique.</translation>
    </message>
    <message>
        <source>That is not the PIN. Tries left: {left}</source>
        <translation>Ce n’est pas le code PIN. Essais restants&#xa0;: {left}</translation>
    </message>
    <message>
        <source>The screen is calibrated.</source>
        <translation>L’écran est calibré.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Le personnel a été appelé.</translation>
    </message>
    <message>
        <source>This cannot be checked now. Please try again in a minute.</source>
        <translation>Impossible de vérifier maintenant. Réessayez dans une minute.</translation>
    </message>
    <message>
        <source>Too many wrong tries. No PIN is heard until {until}.</source>
        <translation>Trop d’essais erronés. Aucun code PIN n’est accepté avant {until}.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Cannot save now</source>
        <translation>Enregistrement impossible pour l’instant</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Fonctionne</translation>
    </message>
</context>
<context>
    <name>WaysScreen</name>
    <message>
        <source>I have a code from the desk</source>
        <translation>J’ai un code de l’accueil</translation>
    </message>
    <message>
        <source>I have my clinic number</source>
        <translation>J’ai mon numéro de la clinique</translation>
    </message>
    <message>
        <source>Touch what you have.</source>
        <translation>Touchez ce que vous avez.</translation>
    </message>
    <message>
        <source>Welcome. Please tell us who you are.</source>
        <translation>Bienvenue. Veuillez nous dire qui vous êtes.</translation>
    </message>
</context>
</TS>
