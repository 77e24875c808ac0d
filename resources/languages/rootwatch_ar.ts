<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar_AE">
<context>
    <name>Arrival</name>
    <message>
        <source>A member of staff will help you to sign in.</source>
        <translation>سيساعدك أحد أفراد الطاقم على الدخول.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Hello, {name} Is this you?</source>
        <translation>مرحبًا {name}‎ هل هذه بياناتك؟</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>أحتاج إلى مساعدة</translation>
    </message>
    <message>
        <source>No, this is not me</source>
        <translation>لا، ليست بياناتي</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>لحظة من فضلك.</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>يرجى السؤال في الاستقبال.</translation>
    </message>
    <message>
        <source>Please ask at the desk. Nothing was lost.</source>
        <translation>يرجى السؤال في الاستقبال. لم يضع أي شيء.</translation>
    </message>
    <message>
        <source>Please check or ask at the desk.</source>
        <translation>يرجى التحقق أو السؤال في الاستقبال.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>هذه الشاشة متوقفة مؤقتًا.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>We are looking for you.</source>
        <translation>نبحث عن بياناتك.</translation>
    </message>
    <message>
        <source>We could not match that.</source>
        <translation>لم نجد بيانات مطابقة.</translation>
    </message>
    <message>
        <source>Yes, this is me</source>
        <translation>نعم، هذه بياناتي</translation>
    </message>
    <message>
        <source>You were born in {month}.</source>
        <translation>شهر ميلادك: {month}.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>A nurse is coming.</source>
        <translation>طاقم التمريض قادم إليك.</translation>
    </message>
    <message>
        <source>About {count} questions, {minutes} minutes.</source>
        <translation>عدد الأسئلة نحو {count}، والمدة بالدقائق: {minutes}.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>البدء من جديد</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء الطاقم</translation>
    </message>
    <message>
        <source>Do you want to stop?</source>
        <translation>هل نتوقف الآن؟</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>للطاقم</translation>
    </message>
    <message>
        <source>Go on where you stopped?</source>
        <translation>هل نتابع من حيث توقفت؟</translation>
    </message>
    <message>
        <source>Go on with the questions</source>
        <translation>متابعة الأسئلة</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>لا، شكرًا</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>التوقف هنا</translation>
    </message>
    <message>
        <source>Thank you. Saved at {time}.</source>
        <translation>شكرًا لك. تم الحفظ في الساعة {time}.</translation>
    </message>
    <message>
        <source>The staff have been called again.</source>
        <translation>تم استدعاء الطاقم مرة أخرى.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>تم استدعاء الطاقم.</translation>
    </message>
    <message>
        <source>They are kept on this screen. Please leave it as it is, tell a member of staff, or try again.</source>
        <translation>هي محفوظة على هذه الشاشة. يرجى تركها كما هي وإخبار أحد أفراد الطاقم، أو إعادة المحاولة.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>What you have answered so far will be saved for your nurse.</source>
        <translation>ستُحفظ إجاباتك حتى الآن لطاقم التمريض.</translation>
    </message>
    <message>
        <source>Would you like to add anything?</source>
        <translation>هل لديك أي إضافة؟</translation>
    </message>
    <message>
        <source>Would you like to answer the remaining questions?</source>
        <translation>هل نكمل الأسئلة الباقية؟</translation>
    </message>
    <message>
        <source>Yes, answer again</source>
        <translation>نعم، الإجابة مرة أخرى</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>نعم، المتابعة</translation>
    </message>
    <message>
        <source>You already answered today.</source>
        <translation>لقد أجبت اليوم بالفعل.</translation>
    </message>
    <message>
        <source>You do not have to. If you feel unwell, please tell the staff.</source>
        <translation>هذا ليس إلزاميًا. إذا شعرت بتوعك، فيرجى إخبار الطاقم.</translation>
    </message>
    <message>
        <source>You may skip any of them. A nurse reads your answers on working days. If you feel very unwell, tell the staff now.</source>
        <translation>يمكنك تخطي أي منها. يقرأ طاقم التمريض إجاباتك في أيام العمل. إذا شعرت بتوعك شديد، فيرجى إخبار الطاقم الآن.</translation>
    </message>
    <message>
        <source>Your answers are not saved yet.</source>
        <translation>لم تُحفظ إجاباتك بعد.</translation>
    </message>
    <message>
        <source>Your answers from before are still here.</source>
        <translation>إجاباتك السابقة ما زالت هنا.</translation>
    </message>
    <message>
        <source>Your next questions are due on {day}.</source>
        <translation>موعد أسئلتك التالية: {day}.</translation>
    </message>
    <message>
        <source>Your nurse would like a few answers again, a little earlier than planned.</source>
        <translation>يود طاقم التمريض بعض الإجابات مرة أخرى، قبل الموعد المقرر بقليل.</translation>
    </message>
</context>
<context>
    <name>BodyDrawing</name>
    <message>
        <source>Left</source>
        <translation>اليسار</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>اليمين</translation>
    </message>
    <message>
        <source>Show the back</source>
        <translation>عرض الخلف</translation>
    </message>
    <message>
        <source>Show the front</source>
        <translation>عرض الأمام</translation>
    </message>
    <message>
        <source>You from behind</source>
        <translation>جسمك من الخلف</translation>
    </message>
    <message>
        <source>You from the front</source>
        <translation>جسمك من الأمام</translation>
    </message>
    <message>
        <source>{place}, marked</source>
        <translation>{place}، محدد</translation>
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
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Hold a bank card against the screen.</source>
        <translation>يرجى وضع بطاقة بنكية على الشاشة.</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>أكبر</translation>
    </message>
    <message>
        <source>Make the drawing as large as the card, then touch Save.</source>
        <translation>يرجى جعل الرسم بحجم البطاقة، ثم لمس «حفظ».</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>أصغر</translation>
    </message>
    <message>
        <source>This screen is {width} x {height} mm.</source>
        <translation>مقاس هذه الشاشة {width} × {height} مم.</translation>
    </message>
</context>
<context>
    <name>ComfortScreen</name>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Draft translation, not clinically validated.</source>
        <translation>مسودة ترجمة، غير معتمدة سريريًا.</translation>
    </message>
    <message>
        <source>Hold a key until it counts</source>
        <translation>إبقاء الإصبع على الزر حتى يُحتسب</translation>
    </message>
    <message>
        <source>I use my left hand</source>
        <translation>أستخدم يدي اليسرى</translation>
    </message>
    <message>
        <source>I use my right hand</source>
        <translation>أستخدم يدي اليمنى</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>اللغة والراحة</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>نص كبير</translation>
    </message>
    <message>
        <source>Largest text</source>
        <translation>أكبر نص</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>اليسرى</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>On</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>اليمنى</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>Small text</source>
        <translation>نص صغير</translation>
    </message>
    <message>
        <source>Usual text</source>
        <translation>نص عادي</translation>
    </message>
    <message>
        <source>What you touch is changed at once.</source>
        <translation>ما تلمسه يتغير فورًا.</translation>
    </message>
    <message>
        <source>Your hand</source>
        <translation>يدك</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} ث</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>For staff</source>
        <translation>للطاقم</translation>
    </message>
    <message>
        <source>Please give this screen back to the nurse.</source>
        <translation>يرجى إعادة هذه الشاشة إلى طاقم التمريض.</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>All four digits</source>
        <translation>الأرقام الأربعة كلها</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>مسح الكل</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>حذف الرقم الأخير</translation>
    </message>
    <message>
        <source>From 1 to 31</source>
        <translation>من 1 إلى 31</translation>
    </message>
    <message>
        <source>In which year were you born?</source>
        <translation>ما سنة ميلادك؟</translation>
    </message>
    <message>
        <source>It has six digits and is for today.</source>
        <translation>يتكون من ستة أرقام ويصلح لليوم.</translation>
    </message>
    <message>
        <source>It is on your clinic card.</source>
        <translation>هو على بطاقة العيادة.</translation>
    </message>
    <message>
        <source>On which day of the month were you born?</source>
        <translation>ما يوم ميلادك من الشهر؟</translation>
    </message>
    <message>
        <source>Please type the code from the desk.</source>
        <translation>يرجى كتابة الرمز من الاستقبال.</translation>
    </message>
    <message>
        <source>Please type your clinic number.</source>
        <translation>يرجى كتابة رقمك في العيادة.</translation>
    </message>
    <message>
        <source>Typed so far: {digits}</source>
        <translation>كُتب حتى الآن: {digits}</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>1 question is not answered</source>
        <translation>سؤال واحد بلا إجابة</translation>
    </message>
    <message>
        <source>How strong, at its worst?</source>
        <translation>كم كانت الشدة في أسوأ اللحظات؟</translation>
    </message>
    <message>
        <source>I have no {complaint}</source>
        <translation>ليس لدي {complaint}</translation>
    </message>
    <message>
        <source>If you are not sure, touch it. Untouched means no.</source>
        <translation>عند الشك يرجى اللمس. ما لا يُلمس يعني لا.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>هل هذا صحيح؟</translation>
    </message>
    <message>
        <source>Language and comfort</source>
        <translation>اللغة والراحة</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>استماع</translation>
    </message>
    <message>
        <source>None of the others</source>
        <translation>لا شيء من الباقي</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>لا شيء منها</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>بلا إجابة</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>قراءة بصوت عالٍ</translation>
    </message>
    <message>
        <source>Touch one answer</source>
        <translation>يرجى لمس إجابة واحدة</translation>
    </message>
    <message>
        <source>Touch one answer in each line</source>
        <translation>يرجى لمس إجابة واحدة في كل سطر</translation>
    </message>
    <message>
        <source>Touch one number</source>
        <translation>يرجى لمس رقم واحد</translation>
    </message>
    <message>
        <source>You chose {score}</source>
        <translation>اخترت {score}</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>How a date is said, in the letters of QDate.toString: day of the week, day, month.</extracomment>
        <translation>dddd d MMMM</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>{count} questions are not answered</source>
        <translation>أسئلة بلا إجابة: {count}</translation>
    </message>
    <message>
        <source>{name}, {place}</source>
        <translation>{name}، {place}</translation>
    </message>
    <message>
        <source>{name}, {side}</source>
        <translation>{name}، جهة {side}</translation>
    </message>
    <message>
        <source>{none} ({count})</source>
        <translation>{none} ({count})</translation>
    </message>
    <message>
        <source>{place}: how much?</source>
        <translation>{place}: كم؟</translation>
    </message>
    <message>
        <source>{place}: {score}</source>
        <translation>{place}: {score}</translation>
    </message>
    <message>
        <source>{score} means: {words}.</source>
        <translation>{score} تعني: {words}.</translation>
    </message>
    <message>
        <source>{score} of {highest}</source>
        <translation>{score} من {highest}</translation>
    </message>
    <message>
        <source>{score}. {compared}</source>
        <translation>{score}. {compared}</translation>
    </message>
    <message>
        <source>{side} side</source>
        <translation>جهة {side}</translation>
    </message>
    <message>
        <source>{side} {site}</source>
        <translation>{site}، جهة {side}</translation>
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
        <translation>هل ما زلت هنا؟</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>الإكمال لاحقًا</translation>
    </message>
    <message>
        <source>Please ask at the desk.</source>
        <translation>يرجى السؤال في الاستقبال.</translation>
    </message>
    <message>
        <source>This page closes in {seconds} seconds.</source>
        <translation>الثواني الباقية حتى إغلاق هذه الصفحة: {seconds}.</translation>
    </message>
    <message>
        <source>This screen is resting.</source>
        <translation>هذه الشاشة متوقفة مؤقتًا.</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>نعم، أحتاج إلى مزيد من الوقت</translation>
    </message>
    <message>
        <source>Your answers are kept. This page closes in {seconds} seconds.</source>
        <translation>إجاباتك محفوظة. الثواني الباقية حتى إغلاق هذه الصفحة: {seconds}.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <extracomment>The name of the language, in the language itself.</extracomment>
        <translation>العربية</translation>
    </message>
    <message>
        <source>en_GB</source>
        <extracomment>Language and territory that say how days and months are called. Their digits must be 0 to 9.</extracomment>
        <translation>ar_AE</translation>
    </message>
</context>
<context>
    <name>MenuScreen</name>
    <message>
        <source>Calibrate the screen</source>
        <translation>معايرة الشاشة</translation>
    </message>
    <message>
        <source>Close the kiosk</source>
        <translation>إغلاق الجهاز</translation>
    </message>
    <message>
        <source>For staff</source>
        <translation>للطاقم</translation>
    </message>
</context>
<context>
    <name>MonthScreen</name>
    <message>
        <source>In which month were you born?</source>
        <translation>ما شهر ميلادك؟</translation>
    </message>
    <message>
        <source>Touch the month, then Next.</source>
        <translation>يرجى لمس الشهر ثم «التالي».</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>Call staff</source>
        <translation>استدعاء الطاقم</translation>
    </message>
    <message>
        <source>For staff only. Please type the PIN.</source>
        <translation>للطاقم فقط. يرجى كتابة الرقم السري.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Or touch Back.</source>
        <translation>أو لمس «رجوع».</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>عدد الأرقام: {count}</translation>
    </message>
</context>
<context>
    <name>QuestionScreen</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Question {number} of {count}</source>
        <translation>السؤال {number} من {count}</translation>
    </message>
    <message>
        <source>Question {number} of {count}, not saved yet</source>
        <translation>السؤال {number} من {count}، لم يُحفظ بعد</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>تخطي</translation>
    </message>
    <message>
        <source>Skip this question</source>
        <translation>تخطي هذا السؤال</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>توقف</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Start</source>
        <translation>البدء</translation>
    </message>
    <message>
        <source>Tell us how you are after your procedure. It takes a few minutes.</source>
        <translation>نود معرفة حالك بعد الإجراء. يستغرق ذلك بضع دقائق.</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Answer now</source>
        <translation>الإجابة الآن</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>الصفحة التالية</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>الصفحة {page} من {count}</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>الصفحة السابقة</translation>
    </message>
    <message>
        <source>Send my answers</source>
        <translation>إرسال إجاباتي</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>جارٍ الإرسال …</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>I need help</source>
        <translation>أحتاج إلى مساعدة</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
</context>
<context>
    <name>StaffCorner</name>
    <message>
        <source>No staff PIN was set for this clinic.</source>
        <translation>لم يُحدد رقم سري للطاقم في هذه العيادة.</translation>
    </message>
    <message>
        <source>That is not the PIN. Tries left: {left}</source>
        <translation>هذا ليس الرقم السري. المحاولات الباقية: {left}</translation>
    </message>
    <message>
        <source>The screen is calibrated.</source>
        <translation>تمت معايرة الشاشة.</translation>
    </message>
    <message>
        <source>The staff have been called.</source>
        <translation>تم استدعاء الطاقم.</translation>
    </message>
    <message>
        <source>This cannot be checked now. Please try again in a minute.</source>
        <translation>لا يمكن التحقق الآن. يرجى إعادة المحاولة بعد دقيقة.</translation>
    </message>
    <message>
        <source>Too many wrong tries. No PIN is heard until {until}.</source>
        <translation>محاولات خاطئة كثيرة. لا يُقبل أي رقم سري حتى الساعة {until}.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Cannot save now</source>
        <translation>لا يمكن الحفظ الآن</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>يعمل</translation>
    </message>
</context>
<context>
    <name>WaysScreen</name>
    <message>
        <source>I have a code from the desk</source>
        <translation>لدي رمز من الاستقبال</translation>
    </message>
    <message>
        <source>I have my clinic number</source>
        <translation>لدي رقمي في العيادة</translation>
    </message>
    <message>
        <source>Touch what you have.</source>
        <translation>يرجى لمس ما لديك.</translation>
    </message>
    <message>
        <source>Welcome. Please tell us who you are.</source>
        <translation>مرحبًا بك. يرجى تعريفنا بك.</translation>
    </message>
</context>
</TS>
