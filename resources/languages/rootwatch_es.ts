<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES">
<context>
    <name>Arrival</name>
    <message>
        <source>A member of staff will help you to sign in.</source>
        <translation>Una persona del equipo le ayudará a entrar.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Hello, {name} Is this you?</source>
        <translation>Hola, {name} ¿Es usted?</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>Necesito ayuda</translation>
    </message>
    <message>
        <source>No, this is not me</source>
        <translation>No, no soy yo</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un momento, por favor.</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Por favor, pregunte en recepción.</translation>
    </message>
    <message>
        <source>Please ask at the desk. Nothing was lost.</source>
        <translation>Por favor, pregunte en recepción. No se ha perdido nada.</translation>
    </message>
    <message>
        <source>Please check or ask at the desk.</source>
        <translation>Revíselo o pregunte en recepción.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Esta pantalla está en pausa.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>We are looking for you.</source>
        <translation>Estamos buscando sus datos.</translation>
    </message>
    <message>
        <source>We could not match that.</source>
        <translation>No hemos encontrado esos datos.</translation>
    </message>
    <message>
        <source>Yes, this is me</source>
        <translation>Sí, soy yo</translation>
    </message>
    <message>
        <source>You were born in {month}.</source>
        <translation>Usted nació en {month}.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>A nurse is coming.</source>
        <translation>Ya viene alguien de enfermería.</translation>
    </message>
    <message>
        <source>About {count} questions, {minutes} minutes.</source>
        <translation>Unas {count} preguntas, {minutes} minutos.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Comenzar</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Empezar de nuevo</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>Llamar al personal</translation>
    </message>
    <message>
        <source>Do you want to stop?</source>
        <translation>¿Quiere dejarlo?</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Para el personal</translation>
    </message>
    <message>
        <source>Go on where you stopped?</source>
        <translation>¿Seguir donde lo dejó?</translation>
    </message>
    <message>
        <source>Go on with the questions</source>
        <translation>Seguir con las preguntas</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>No, gracias</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Dejarlo aquí</translation>
    </message>
    <message>
        <source>Thank you. Saved at {time}.</source>
        <translation>Gracias. Guardado a las {time}.</translation>
    </message>
    <message>
        <source>The staff have been called again.</source>
        <translation>Se ha vuelto a avisar al personal.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Se ha llamado al personal.</translation>
    </message>
    <message>
        <source>They are kept on this screen. Please leave it as it is, tell a member of staff, or try again.</source>
        <translation>Se conservan en esta pantalla. Déjela como está y avise a alguien del equipo, o inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>What you have answered so far will be saved for your nurse.</source>
        <translation>Lo que ha respondido hasta ahora se guardará para su enfermera o enfermero.</translation>
    </message>
    <message>
        <source>Would you like to add anything?</source>
        <translation>¿Quiere añadir algo?</translation>
    </message>
    <message>
        <source>Would you like to answer the remaining questions?</source>
        <translation>¿Quiere responder las preguntas que faltan?</translation>
    </message>
    <message>
        <source>Yes, answer again</source>
        <translation>Sí, responder otra vez</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>Sí, seguir</translation>
    </message>
    <message>
        <source>You already answered today.</source>
        <translation>Hoy ya ha respondido.</translation>
    </message>
    <message>
        <source>You do not have to. If you feel unwell, please tell the staff.</source>
        <translation>No es obligatorio. Si se encuentra mal, avise al personal.</translation>
    </message>
    <message>
        <source>You may skip any of them. A nurse reads your answers on working days. If you feel very unwell, tell the staff now.</source>
        <translation>Puede saltarse cualquiera de ellas. El equipo de enfermería lee sus respuestas los días laborables. Si se encuentra muy mal, avise ahora al personal.</translation>
    </message>
    <message>
        <source>Your answers are not saved yet.</source>
        <translation>Sus respuestas aún no están guardadas.</translation>
    </message>
    <message>
        <source>Your answers from before are still here.</source>
        <translation>Sus respuestas de antes siguen aquí.</translation>
    </message>
    <message>
        <source>Your next questions are due on {day}.</source>
        <translation>Sus próximas preguntas serán el {day}.</translation>
    </message>
    <message>
        <source>Your nurse would like a few answers again, a little earlier than planned.</source>
        <translation>El equipo de enfermería desea algunas respuestas otra vez, un poco antes de lo previsto.</translation>
    </message>
</context>
<context>
    <name>BodyDrawing</name>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>Show the back</source>
        <translation>Ver por detrás</translation>
    </message>
    <message>
        <source>Show the front</source>
        <translation>Ver por delante</translation>
    </message>
    <message>
        <source>You from behind</source>
        <translation>Usted por detrás</translation>
    </message>
    <message>
        <source>You from the front</source>
        <translation>Usted por delante</translation>
    </message>
    <message>
        <source>{place}, marked</source>
        <translation>{place}, marcado</translation>
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
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Hold a bank card against the screen.</source>
        <translation>Ponga una tarjeta bancaria contra la pantalla.</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Más grande</translation>
    </message>
    <message>
        <source>Make the drawing as large as the card, then touch Save.</source>
        <translation>Haga el dibujo tan grande como la tarjeta y toque Guardar.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Más pequeño</translation>
    </message>
    <message>
        <source>This screen is {width} x {height} mm.</source>
        <translation>Esta pantalla mide {width} x {height} mm.</translation>
    </message>
</context>
<context>
    <name>ComfortScreen</name>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Draft translation, not clinically validated.</source>
        <translation>Borrador de traducción, sin validación clínica.</translation>
    </message>
    <message>
        <source>Hold a key until it counts</source>
        <translation>Mantener pulsada una tecla hasta que cuente</translation>
    </message>
    <message>
        <source>I use my left hand</source>
        <translation>Uso la mano izquierda</translation>
    </message>
    <message>
        <source>I use my right hand</source>
        <translation>Uso la mano derecha</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Idioma y comodidad</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>Texto grande</translation>
    </message>
    <message>
        <source>Largest text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>No</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Small text</source>
        <translation>Texto pequeño</translation>
    </message>
    <message>
        <source>Usual text</source>
        <translation>Texto normal</translation>
    </message>
    <message>
        <source>What you touch is changed at once.</source>
        <translation>Lo que toca cambia enseguida.</translation>
    </message>
    <message>
        <source>Your hand</source>
        <translation>Su mano</translation>
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
        <translation>Para el personal</translation>
    </message>
    <message>
        <source>Please give this screen back to the nurse.</source>
        <translation>Devuelva esta pantalla al personal de enfermería, por favor.</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>All four digits</source>
        <translation>Las cuatro cifras</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar todo</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Borrar la última cifra</translation>
    </message>
    <message>
        <source>From 1 to 31</source>
        <translation>Del 1 al 31</translation>
    </message>
    <message>
        <source>In which year were you born?</source>
        <translation>¿En qué año nació?</translation>
    </message>
    <message>
        <source>It has six digits and is for today.</source>
        <translation>Tiene seis cifras y vale para hoy.</translation>
    </message>
    <message>
        <source>It is on your clinic card.</source>
        <translation>Está en su tarjeta de la clínica.</translation>
    </message>
    <message>
        <source>On which day of the month were you born?</source>
        <translation>¿Qué día del mes nació?</translation>
    </message>
    <message>
        <source>Please type the code from the desk.</source>
        <translation>Escriba el código de recepción, por favor.</translation>
    </message>
    <message>
        <source>Please type your clinic number.</source>
        <translation>Escriba su número de la clínica, por favor.</translation>
    </message>
    <message>
        <source>Typed so far: {digits}</source>
        <translation>Escrito hasta ahora: {digits}</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>1 question is not answered</source>
        <translation>1 pregunta está sin responder</translation>
    </message>
    <message>
        <source>How strong, at its worst?</source>
        <translation>¿Qué intensidad, en el peor momento?</translation>
    </message>
    <message>
        <source>I have no {complaint}</source>
        <translation>No tengo {complaint}</translation>
    </message>
    <message>
        <source>If you are not sure, touch it. Untouched means no.</source>
        <translation>Si tiene dudas, tóquelo. Sin tocar significa no.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>¿Es correcto?</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>Idioma y comodidad</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Escuchar</translation>
    </message>
    <message>
        <source>None of the others</source>
        <translation>Nada de lo demás</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Nada de esto</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Sin responder</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Leer en voz alta</translation>
    </message>
    <message>
        <source>Touch one answer</source>
        <translation>Toque una respuesta</translation>
    </message>
    <message>
        <source>Touch one answer in each line</source>
        <translation>Toque una respuesta en cada línea</translation>
    </message>
    <message>
        <source>Touch one number</source>
        <translation>Toque un número</translation>
    </message>
    <message>
        <source>You chose {score}</source>
        <translation>Ha elegido {score}</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>How a date is said, in the letters of QDate.toString: day of the week, day, month.</extracomment>
        <translation>dddd, d &apos;de&apos; MMMM</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>{count} questions are not answered</source>
        <translation>{count} preguntas están sin responder</translation>
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
        <translation>{place}: ¿cuánto?</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}: {score}</translation>
    </message>
    <message>
        <source>{score} means: {words}.</source>
        <translation>{score} significa: {words}.</translation>
    </message>
    <message>
        <source>{score} of {highest}</source>
        <translation>{score} de {highest}</translation>
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
        <translation>¿Sigue ahí?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>Terminar más tarde</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>Por favor, pregunte en recepción.</translation>
    </message>
    <message>
        <source>This page closes in {seconds} seconds.</source>
        <translation>Esta página se cierra en {seconds} segundos.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>Esta pantalla está en pausa.</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>Sí, necesito más tiempo</translation>
    </message>
    <message>
        <source>Your answers are kept. This page closes in {seconds} seconds.</source>
        <translation>Sus respuestas se conservan. Esta página se cierra en {seconds} segundos.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <extracomment>The name of the language, in the language itself.</extracomment>
        <translation>Español</translation>
    </message>
    <message>
        <source>en_GB</source>
        <extracomment>Language and territory that say how days and months are called. Their digits must be 0 to 9.</extracomment>
        <translation>es_ES</translation>
    </message>
</context>
<context>
    <name>MenuScreen</name>
    <message>
        <source>Calibrate the screen</source>
        <translation>Calibrar la pantalla</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>Cerrar el quiosco</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>Para el personal</translation>
    </message>
</context>
<context>
    <name>MonthScreen</name>
    <message>
        <source>In which month were you born?</source>
        <translation>¿En qué mes nació?</translation>
    </message>
    <message>
        <source>Touch the month, then Next.</source>
        <translation>Toque el mes y luego Siguiente.</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Call staff</source>
        <translation>Llamar al personal</translation>
    </message>
    <message>
        <source>For staff only. Please type the PIN.</source>
        <translation>Solo para el personal. Escriba el PIN.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Or touch Back.</source>
        <translation>O toque Atrás.</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>{count} cifras</translation>
    </message>
</context>
<context>
    <name>QuestionScreen</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Question {number} of {count}</source>
        <translation>Pregunta {number} de {count}</translation>
    </message>
    <message>
        <source>Question {number} of {count}, not saved yet</source>
        <translation>Pregunta {number} de {count}, aún sin guardar</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Saltar</translation>
    </message>
    <message>
        <source>Skip this question</source>
        <translation>Saltar esta pregunta</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dejarlo</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Start</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Tell us how you are after your procedure. It takes a few minutes.</source>
        <translation>Díganos cómo está después de su intervención. Son unos minutos.</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Answer now</source>
        <translation>Responder ahora</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Página siguiente</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Página {page} de {count}</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Página anterior</translation>
    </message>
    <message>
        <source>Send my answers</source>
        <translation>Enviar mis respuestas</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Enviando …</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>Necesito ayuda</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
</context>
<context>
    <name>StaffCorner</name>
    <message>
        <source>No staff PIN was set for this clinic.</source>
        <translation>No se ha fijado un PIN del personal para esta clínica.</translation>
    </message>
    <message>
        <source>That is not the PIN. Tries left: {left}</source>
        <translation>Ese no es el PIN. Intentos que quedan: {left}</translation>
    </message>
    <message>
        <source>The screen is calibrated.</source>
        <translation>La pantalla está calibrada.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>Se ha llamado al personal.</translation>
    </message>
    <message>
        <source>This cannot be checked now. Please try again in a minute.</source>
        <translation>No se puede comprobar ahora. Inténtelo de nuevo en un minuto.</translation>
    </message>
    <message>
        <source>Too many wrong tries. No PIN is heard until {until}.</source>
        <translation>Demasiados intentos equivocados. No se acepta ningún PIN hasta las {until}.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Cannot save now</source>
        <translation>Ahora no se puede guardar</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
</context>
<context>
    <name>WaysScreen</name>
    <message>
        <source>I have a code from the desk</source>
        <translation>Tengo un código de recepción</translation>
    </message>
    <message>
        <source>I have my clinic number</source>
        <translation>Tengo mi número de la clínica</translation>
    </message>
    <message>
        <source>Touch what you have.</source>
        <translation>Toque lo que tenga.</translation>
    </message>
    <message>
        <source>Welcome. Please tell us who you are.</source>
        <translation>Le damos la bienvenida. Díganos quién es, por favor.</translation>
    </message>
</context>
</TS>
