<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Arrival</name>
    <message>
        <source>A member of staff will help you to sign in.</source>
        <translation>Das Personal hilft Ihnen beim Anmelden.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Hello, {name} Is this you?</source>
        <translation>Guten Tag, {name} Sind Sie das?</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>Ich brauche Hilfe</translation>
    </message>
    <message>
        <source>No, this is not me</source>
        <translation>Nein, das bin ich nicht</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Einen Moment, bitte.</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Bitte fragen Sie am Empfang.</translation>
    </message>
    <message>
        <source>Please ask at the desk. Nothing was lost.</source>
        <translation>Bitte fragen Sie am Empfang. Nichts ging verloren.</translation>
    </message>
    <message>
        <source>Please check or ask at the desk.</source>
        <translation>Bitte prüfen Sie es, oder fragen Sie am Empfang.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Dieser Bildschirm macht Pause.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>We are looking for you.</source>
        <translation>Wir suchen Ihre Daten.</translation>
    </message>
    <message>
        <source>We could not match that.</source>
        <translation>Dazu haben wir nichts gefunden.</translation>
    </message>
    <message>
        <source>Yes, this is me</source>
        <translation>Ja, das bin ich</translation>
    </message>
    <message>
        <source>You were born in {month}.</source>
        <translation>Ihr Geburtsmonat: {month}.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>A nurse is coming.</source>
        <translation>Eine Pflegekraft kommt.</translation>
    </message>
    <message>
        <source>About {count} questions, {minutes} minutes.</source>
        <translation>Etwa {count} Fragen, {minutes} Minuten.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Personal rufen</translation>
    </message>
    <message>
        <source>Do you want to stop?</source>
        <translation>Möchten Sie aufhören?</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Für das Personal</translation>
    </message>
    <message>
        <source>Go on where you stopped?</source>
        <translation>Weitermachen, wo Sie aufgehört haben?</translation>
    </message>
    <message>
        <source>Go on with the questions</source>
        <translation>Mit den Fragen weitermachen</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>Nein, danke</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Hier aufhören</translation>
    </message>
    <message>
        <source>Thank you. Saved at {time}.</source>
        <translation>Danke. Gespeichert um {time} Uhr.</translation>
    </message>
    <message>
        <source>The staff have been called again.</source>
        <translation>Das Personal wurde noch einmal gerufen.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Das Personal wurde gerufen.</translation>
    </message>
    <message>
        <source>They are kept on this screen. Please leave it as it is, tell a member of staff, or try again.</source>
        <translation>Sie bleiben auf diesem Bildschirm erhalten. Bitte lassen Sie ihn, wie er ist, sagen Sie dem Personal Bescheid, oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>What you have answered so far will be saved for your nurse.</source>
        <translation>Was Sie bisher geantwortet haben, wird für Ihre Pflegekraft gespeichert.</translation>
    </message>
    <message>
        <source>Would you like to add anything?</source>
        <translation>Möchten Sie etwas ergänzen?</translation>
    </message>
    <message>
        <source>Would you like to answer the remaining questions?</source>
        <translation>Möchten Sie die übrigen Fragen beantworten?</translation>
    </message>
    <message>
        <source>Yes, answer again</source>
        <translation>Ja, noch einmal antworten</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>Ja, weitermachen</translation>
    </message>
    <message>
        <source>You already answered today.</source>
        <translation>Sie haben heute schon geantwortet.</translation>
    </message>
    <message>
        <source>You do not have to. If you feel unwell, please tell the staff.</source>
        <translation>Sie müssen nicht. Wenn es Ihnen nicht gut geht, sagen Sie es bitte dem Personal.</translation>
    </message>
    <message>
        <source>You may skip any of them. A nurse reads your answers on working days. If you feel very unwell, tell the staff now.</source>
        <translation>Sie dürfen jede davon auslassen. Eine Pflegekraft liest Ihre Antworten an Arbeitstagen. Wenn es Ihnen sehr schlecht geht, sagen Sie es jetzt dem Personal.</translation>
    </message>
    <message>
        <source>Your answers are not saved yet.</source>
        <translation>Ihre Antworten sind noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Your answers from before are still here.</source>
        <translation>Ihre Antworten von vorhin sind noch da.</translation>
    </message>
    <message>
        <source>Your next questions are due on {day}.</source>
        <translation>Ihre nächsten Fragen sind am {day} fällig.</translation>
    </message>
    <message>
        <source>Your nurse would like a few answers again, a little earlier than planned.</source>
        <translation>Ihre Pflegekraft möchte einige Antworten noch einmal, etwas früher als geplant.</translation>
    </message>
</context>
<context>
    <name>BodyDrawing</name>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Show the back</source>
        <translation>Rückseite zeigen</translation>
    </message>
    <message>
        <source>Show the front</source>
        <translation>Vorderseite zeigen</translation>
    </message>
    <message>
        <source>You from behind</source>
        <translation>Sie von hinten</translation>
    </message>
    <message>
        <source>You from the front</source>
        <translation>Sie von vorn</translation>
    </message>
    <message>
        <source>{place}, marked</source>
        <translation>{place}, markiert</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}: {score}</translation>
    </message>
</context>
<context>
    <name>CalibrateScreen</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Hold a bank card against the screen.</source>
        <translation>Halten Sie eine Bankkarte an den Bildschirm.</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Make the drawing as large as the card, then touch Save.</source>
        <translation>Machen Sie die Zeichnung so groß wie die Karte. Tippen Sie dann auf Speichern.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>This screen is {width} x {height} mm.</source>
        <translation>Dieser Bildschirm ist {width} x {height} mm groß.</translation>
    </message>
</context>
<context>
    <name>ComfortScreen</name>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Draft translation, not clinically validated.</source>
        <translation>Vorläufige Übersetzung, nicht klinisch geprüft.</translation>
    </message>
    <message>
        <source>Hold a key until it counts</source>
        <translation>Taste halten, bis sie zählt</translation>
    </message>
    <message>
        <source>I use my left hand</source>
        <translation>Ich nehme die linke Hand</translation>
    </message>
    <message>
        <source>I use my right hand</source>
        <translation>Ich nehme die rechte Hand</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Sprache und Bedienung</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>Große Schrift</translation>
    </message>
    <message>
        <source>Largest text</source>
        <translation>Größte Schrift</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Größe der Schrift</translation>
    </message>
    <message>
        <source>Small text</source>
        <translation>Kleine Schrift</translation>
    </message>
    <message>
        <source>Usual text</source>
        <translation>Normale Schrift</translation>
    </message>
    <message>
        <source>What you touch is changed at once.</source>
        <translation>Was Sie antippen, ändert sich sofort.</translation>
    </message>
    <message>
        <source>Your hand</source>
        <translation>Ihre Hand</translation>
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
        <translation>Für das Personal</translation>
    </message>
    <message>
        <source>Please give this screen back to the nurse.</source>
        <translation>Bitte geben Sie diesen Bildschirm der Pflegekraft zurück.</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>All four digits</source>
        <translation>Alle vier Ziffern</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Letzte Ziffer löschen</translation>
    </message>
    <message>
        <source>From 1 to 31</source>
        <translation>Von 1 bis 31</translation>
    </message>
    <message>
        <source>In which year were you born?</source>
        <translation>In welchem Jahr sind Sie geboren?</translation>
    </message>
    <message>
        <source>It has six digits and is for today.</source>
        <translation>Er hat sechs Ziffern und gilt für heute.</translation>
    </message>
    <message>
        <source>It is on your clinic card.</source>
        <translation>Sie steht auf Ihrer Klinikkarte.</translation>
    </message>
    <message>
        <source>On which day of the month were you born?</source>
        <translation>An welchem Tag des Monats sind Sie geboren?</translation>
    </message>
    <message>
        <source>Please type the code from the desk.</source>
        <translation>Bitte geben Sie den Code vom Empfang ein.</translation>
    </message>
    <message>
        <source>Please type your clinic number.</source>
        <translation>Bitte geben Sie Ihre Kliniknummer ein.</translation>
    </message>
    <message>
        <source>Typed so far: {digits}</source>
        <translation>Bisher eingegeben: {digits}</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>1 question is not answered</source>
        <translation>1 Frage ist nicht beantwortet</translation>
    </message>
    <message>
        <source>How strong, at its worst?</source>
        <translation>Wie stark im schlimmsten Moment?</translation>
    </message>
    <message>
        <source>I have no {complaint}</source>
        <translation>{complaint}: nein</translation>
    </message>
    <message>
        <source>If you are not sure, touch it. Untouched means no.</source>
        <translation>Im Zweifel bitte antippen. Nicht angetippt heißt nein.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>Ist das richtig?</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Sprache und Bedienung</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Vorlesen</translation>
    </message>
    <message>
        <source>None of the others</source>
        <translation>Sonst nichts</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Nichts davon</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Nicht beantwortet</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Vorlesen</translation>
    </message>
    <message>
        <source>Touch one answer</source>
        <translation>Tippen Sie eine Antwort an</translation>
    </message>
    <message>
        <source>Touch one answer in each line</source>
        <translation>Tippen Sie in jeder Zeile eine Antwort an</translation>
    </message>
    <message>
        <source>Touch one number</source>
        <translation>Tippen Sie eine Zahl an</translation>
    </message>
    <message>
        <source>You chose {score}</source>
        <translation>Sie haben {score} gewählt</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>How a date is said, in the letters of QDate.toString: day of the week, day, month.</extracomment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>{count} questions are not answered</source>
        <translation>{count} Fragen sind nicht beantwortet</translation>
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
        <translation>{place}: wie stark?</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}: {score}</translation>
    </message>
    <message>
        <source>{score} means: {words}.</source>
        <translation>{score} bedeutet: {words}.</translation>
    </message>
    <message>
        <source>{score} of {highest}</source>
        <translation>{score} von {highest}</translation>
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
        <translation>{side}: {statement}</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>Are you still there?</source>
        <translation>Sind Sie noch da?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>Später beenden</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Bitte fragen Sie am Empfang.</translation>
    </message>
    <message>
        <source>This page closes in {seconds} seconds.</source>
        <translation>Diese Seite schließt sich in {seconds} Sekunden.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Dieser Bildschirm macht Pause.</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>Ja, ich brauche mehr Zeit</translation>
    </message>
    <message>
        <source>Your answers are kept. This page closes in {seconds} seconds.</source>
        <translation>Ihre Antworten bleiben erhalten. Diese Seite schließt sich in {seconds} Sekunden.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <extracomment>The name of the language, in the language itself.</extracomment>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>en_GB</source>
        <extracomment>Language and territory that say how days and months are called. Their digits must be 0 to 9.</extracomment>
        <translation>de_DE</translation>
    </message>
</context>
<context>
    <name>MenuScreen</name>
    <message>
        <source>Calibrate the screen</source>
        <translation>Bildschirm kalibrieren</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>Kiosk schließen</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Für das Personal</translation>
    </message>
</context>
<context>
    <name>MonthScreen</name>
    <message>
        <source>In which month were you born?</source>
        <translation>In welchem Monat sind Sie geboren?</translation>
    </message>
    <message>
        <source>Touch the month, then Next.</source>
        <translation>Tippen Sie den Monat an, dann Weiter.</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Call staff</source>
        <translation>Personal rufen</translation>
    </message>
    <message>
        <source>For staff only. Please type the PIN.</source>
        <translation>Nur für das Personal. Bitte geben Sie die PIN ein.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Or touch Back.</source>
        <translation>Oder tippen Sie auf Zurück.</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>{count} Ziffern</translation>
    </message>
</context>
<context>
    <name>QuestionScreen</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Question {number} of {count}</source>
        <translation>Frage {number} von {count}</translation>
    </message>
    <message>
        <source>Question {number} of {count}, not saved yet</source>
        <translation>Frage {number} von {count}, noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Skip this question</source>
        <translation>Diese Frage auslassen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Aufhören</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Tell us how you are after your procedure. It takes a few minutes.</source>
        <translation>Sagen Sie uns, wie es Ihnen nach Ihrem Eingriff geht. Es dauert einige Minuten.</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Answer now</source>
        <translation>Jetzt antworten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Seite {page} von {count}</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Send my answers</source>
        <translation>Meine Antworten senden</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Wird gesendet …</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>Ich brauche Hilfe</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>StaffCorner</name>
    <message>
        <source>No staff PIN was set for this clinic.</source>
        <translation>Für diese Klinik wurde keine PIN des Personals festgelegt.</translation>
    </message>
    <message>
        <source>That is not the PIN. Tries left: {left}</source>
        <translation>Das ist nicht die PIN. Versuche übrig: {left}</translation>
    </message>
    <message>
        <source>The screen is calibrated.</source>
        <translation>Der Bildschirm ist kalibriert.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Das Personal wurde gerufen.</translation>
    </message>
    <message>
        <source>This cannot be checked now. Please try again in a minute.</source>
        <translation>Das kann jetzt nicht geprüft werden. Bitte versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Too many wrong tries. No PIN is heard until {until}.</source>
        <translation>Zu viele falsche Versuche. Bis {until} wird keine PIN angenommen.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Cannot save now</source>
        <translation>Kann jetzt nicht speichern</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
</context>
<context>
    <name>WaysScreen</name>
    <message>
        <source>I have a code from the desk</source>
        <translation>Ich habe einen Code vom Empfang</translation>
    </message>
    <message>
        <source>I have my clinic number</source>
        <translation>Ich habe meine Kliniknummer</translation>
    </message>
    <message>
        <source>Touch what you have.</source>
        <translation>Tippen Sie an, was Sie haben.</translation>
    </message>
    <message>
        <source>Welcome. Please tell us who you are.</source>
        <translation>Willkommen. Bitte sagen Sie, wer Sie sind.</translation>
    </message>
</context>
</TS>
