CREATE INDEX alert_counted ON alert (rule, state, useful, episode_id);

CREATE INDEX alert_of_episode ON alert (episode_id);

CREATE UNIQUE INDEX alert_open ON alert (episode_id, rule, site, side) WHERE state IN ('raised', 'acknowledged', 'snoozed');

CREATE TABLE alert (
	id TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	rule TEXT NOT NULL,
	site TEXT NOT NULL,
	side TEXT NOT NULL,
	finding TEXT NOT NULL,
	state TEXT NOT NULL,
	raised_at TEXT NOT NULL,
	raised_day INTEGER NOT NULL,
	protocol_version TEXT NOT NULL,
	protocol_hash TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_day INTEGER,
	until TEXT,
	seen_severity INTEGER,
	priority_rank INTEGER NOT NULL,
	respond_by TEXT,
	flag INTEGER NOT NULL,
	window_ended_on TEXT,
	useful TEXT NOT NULL,
	note TEXT NOT NULL,
	outcome TEXT NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT alert_side_known CHECK (side IN ('', 'left', 'right')),
	CONSTRAINT alert_state_known CHECK (state IN ('raised', 'acknowledged', 'snoozed', 'resolved', 'retracted')),
	CONSTRAINT alert_useful_known CHECK (useful IN ('', 'useful', 'not_useful')),
	CONSTRAINT alert_priority_rank_of_finding CHECK (priority_rank IS CASE json_extract(finding, '$.priority') WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'amber' THEN 2 WHEN 'yellow' THEN 3 END),
	CONSTRAINT alert_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 STRICT;

CREATE INDEX alert_event_of_alert ON alert_event (alert_id);

CREATE TABLE alert_event (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	alert_id TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	happening TEXT NOT NULL,
	state TEXT NOT NULL,
	day INTEGER NOT NULL,
	stage TEXT NOT NULL,
	priority TEXT NOT NULL,
	note TEXT NOT NULL,
	cause TEXT NOT NULL,
	until TEXT,
	outcome TEXT NOT NULL,
	useful TEXT NOT NULL,
	CONSTRAINT alert_event_cause_known CHECK (cause IN ('', 'report', 'late_report', 'corrected_report', 'time', 'episode_changed', 'protocol_changed', 'repair')),
	CONSTRAINT alert_event_happening_known CHECK (happening IN ('raise', 'keep', 'worsen', 'end', 'return', 'retract', 'wake', 'acknowledge', 'snooze', 'resolve', 'reopen', 'undo', 'rate')),
	CONSTRAINT alert_event_priority_known CHECK (priority IN ('red', 'orange', 'amber', 'yellow')),
	CONSTRAINT alert_event_state_known CHECK (state IN ('raised', 'acknowledged', 'snoozed', 'resolved', 'retracted')),
	CONSTRAINT alert_event_useful_known CHECK (useful IN ('', 'useful', 'not_useful')),
	CONSTRAINT alert_event_alert_id_there FOREIGN KEY(alert_id) REFERENCES alert (id)
)
 STRICT;

CREATE TRIGGER alert_event_never_changes BEFORE UPDATE ON alert_event
BEGIN SELECT RAISE(ABORT, 'alert_event is only added to'); END;

CREATE TRIGGER alert_event_never_goes BEFORE DELETE ON alert_event
BEGIN SELECT RAISE(ABORT, 'alert_event is only added to'); END;

CREATE TRIGGER alert_event_never_replaced BEFORE INSERT ON alert_event
WHEN EXISTS (SELECT 1 FROM alert_event WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'alert_event is only added to'); END;

CREATE TABLE answer (
	episode_id TEXT NOT NULL,
	submission_id TEXT NOT NULL,
	item TEXT NOT NULL,
	site TEXT NOT NULL,
	side TEXT NOT NULL,
	position INTEGER NOT NULL,
	score INTEGER,
	choice TEXT,
	compared TEXT,
	PRIMARY KEY (episode_id, submission_id, item, site, side),
	CONSTRAINT answer_compared_known CHECK (compared IS NULL OR compared IN ('better', 'same', 'worse', 'new')),
	CONSTRAINT answer_side_known CHECK (side IN ('', 'left', 'right')),
	CONSTRAINT answer_score_or_choice CHECK (score IS NULL OR choice IS NULL),
	CONSTRAINT answer_score_in_range CHECK (score IS NULL OR score BETWEEN 0 AND 100),
	CONSTRAINT answer_episode_id_there FOREIGN KEY(episode_id, submission_id) REFERENCES submission (episode_id, id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX attempt_since ON attempt (at);

CREATE TABLE attempt (
	sequence INTEGER NOT NULL,
	at TEXT NOT NULL,
	station TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	passed INTEGER NOT NULL,
	PRIMARY KEY (sequence),
	CONSTRAINT attempt_kind_known CHECK (kind IN ('number', 'code', 'pin', 'password', 'unlock')),
	CONSTRAINT attempt_passed_yes_or_no CHECK (passed IN (0, 1))
)
 STRICT;

CREATE INDEX audit_at ON audit (at);

CREATE INDEX audit_of_subject ON audit (subject);

CREATE TABLE audit (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at TEXT NOT NULL,
	actor TEXT NOT NULL,
	station TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	reason TEXT NOT NULL
)
 STRICT;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;

CREATE TABLE batch (
	id TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	file TEXT NOT NULL,
	patient_ids TEXT NOT NULL,
	episode_ids TEXT NOT NULL,
	undone_at TEXT,
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX call_waiting ON call (at) WHERE answered_at IS NULL;

CREATE TABLE call (
	id TEXT NOT NULL,
	at TEXT NOT NULL,
	station TEXT NOT NULL,
	kind TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	answered_at TEXT,
	answered_by TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT call_kind_known CHECK (kind IN ('urgent', 'help', 'staff'))
)
 STRICT;

CREATE TABLE canary (
	sequence INTEGER NOT NULL,
	at TEXT NOT NULL,
	seconds REAL NOT NULL,
	fault TEXT NOT NULL,
	PRIMARY KEY (sequence)
)
 STRICT;

CREATE INDEX contact_attempt ON contact (episode_id) WHERE result != '';

CREATE INDEX contact_escalation ON contact (escalated_to) WHERE escalated_to != '';

CREATE INDEX contact_of_episode ON contact (episode_id);

CREATE INDEX contact_promise ON contact (episode_id) WHERE result != '' AND next_on IS NOT NULL;

CREATE INDEX contact_strike ON contact (strikes) WHERE strikes != '';

CREATE TABLE contact (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	date TEXT NOT NULL,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT,
	result TEXT NOT NULL,
	findings TEXT NOT NULL,
	advice TEXT NOT NULL,
	next_on TEXT,
	escalated_to TEXT NOT NULL,
	alert_id TEXT NOT NULL,
	strikes TEXT NOT NULL,
	CONSTRAINT contact_result_known CHECK (result IN ('', 'reached', 'no_answer', 'wrong_number', 'refused')),
	CONSTRAINT contact_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id),
	CONSTRAINT contact_id_unique UNIQUE (id)
)
 STRICT;

CREATE TRIGGER contact_never_changes BEFORE UPDATE ON contact
BEGIN SELECT RAISE(ABORT, 'contact is only added to'); END;

CREATE TRIGGER contact_never_goes BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'contact is only added to'); END;

CREATE TRIGGER contact_never_replaced BEFORE INSERT ON contact
WHEN EXISTS (SELECT 1 FROM contact WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'contact is only added to'); END;

CREATE TABLE desk_code (
	date TEXT NOT NULL,
	digest TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	issued_at TEXT NOT NULL,
	used_at TEXT,
	PRIMARY KEY (date, digest),
	CONSTRAINT desk_code_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE draft (
	id TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	form TEXT NOT NULL,
	day INTEGER NOT NULL,
	page TEXT NOT NULL,
	answers TEXT NOT NULL,
	passed TEXT NOT NULL,
	picked TEXT NOT NULL,
	started_at TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	device TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT draft_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 STRICT;

CREATE INDEX episode_of_patient ON episode (patient_id);

CREATE TABLE episode (
	id TEXT NOT NULL,
	patient_id TEXT NOT NULL,
	protocol_id TEXT NOT NULL,
	state TEXT NOT NULL,
	procedure_date TEXT NOT NULL,
	profile TEXT NOT NULL,
	levels TEXT NOT NULL,
	side TEXT NOT NULL,
	operator TEXT NOT NULL,
	implant INTEGER NOT NULL,
	own_windows TEXT NOT NULL,
	own_baselines TEXT NOT NULL,
	followed_from TEXT,
	pauses TEXT NOT NULL,
	ended_as TEXT NOT NULL,
	ended_on TEXT,
	PRIMARY KEY (id),
	CONSTRAINT episode_ended_as_known CHECK (ended_as IN ('', 'completed', 'withdrew', 'died', 'moved', 'declined', 'mistake')),
	CONSTRAINT episode_side_known CHECK (side IN ('', 'left', 'right')),
	CONSTRAINT episode_state_known CHECK (state IN ('open', 'closed')),
	CONSTRAINT episode_implant_yes_or_no CHECK (implant IN (0, 1)),
	CONSTRAINT episode_patient_id_there FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX evaluation_pending ON evaluation (state) WHERE state != 'evaluated';

CREATE TABLE evaluation (
	submission_id TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	error TEXT NOT NULL,
	PRIMARY KEY (submission_id),
	CONSTRAINT evaluation_state_known CHECK (state IN ('waiting', 'evaluated', 'failed')),
	CONSTRAINT evaluation_submission_id_there FOREIGN KEY(submission_id) REFERENCES submission (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE heartbeat (
	role TEXT NOT NULL,
	station TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (role, station),
	CONSTRAINT heartbeat_role_known CHECK (role IN ('station', 'kiosk', 'watch'))
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX judgement_asked ON judgement (due_on) WHERE extra = 1;

CREATE INDEX judgement_silent ON judgement (episode_id) WHERE silence IS NOT NULL;

CREATE TABLE judgement (
	episode_id TEXT NOT NULL,
	at TEXT NOT NULL,
	day INTEGER NOT NULL,
	protocol_hash TEXT NOT NULL,
	basis TEXT NOT NULL,
	program TEXT NOT NULL,
	seals TEXT NOT NULL,
	opens_on TEXT,
	due_on TEXT,
	closes_on TEXT,
	extra INTEGER NOT NULL,
	silence TEXT,
	PRIMARY KEY (episode_id),
	CONSTRAINT judgement_extra_yes_or_no CHECK (extra IN (0, 1)),
	CONSTRAINT judgement_extra_has_a_day CHECK (extra = 0 OR due_on IS NOT NULL),
	CONSTRAINT judgement_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX look_at_episode ON look (episode_id, at);

CREATE TABLE look (
	user TEXT NOT NULL,
	episode_id TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (user, episode_id),
	CONSTRAINT look_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX patient_born ON patient (birth_date);

CREATE INDEX patient_phoned ON patient (phone_digits);

CREATE INDEX patient_searched ON patient (family_folded, given_folded, number, number_folded, birth_date, phone_digits);

CREATE TABLE patient (
	id TEXT NOT NULL,
	number TEXT NOT NULL,
	family_name TEXT NOT NULL,
	given_name TEXT NOT NULL,
	birth_date TEXT NOT NULL,
	phone TEXT NOT NULL,
	language TEXT NOT NULL,
	sex TEXT NOT NULL,
	remark TEXT NOT NULL,
	family_folded TEXT NOT NULL,
	given_folded TEXT NOT NULL,
	number_folded TEXT NOT NULL,
	phone_digits TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT patient_sex_known CHECK (sex IN ('', 'female', 'male', 'other')),
	CONSTRAINT patient_number_unique UNIQUE (number)
)
 STRICT;

CREATE TABLE secret (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (name)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX submission_last_date ON submission (episode_id, local_date);

CREATE INDEX submission_on ON submission (local_date);

CREATE INDEX submission_received ON submission (received_at);

CREATE TABLE submission (
	episode_id TEXT NOT NULL,
	id TEXT NOT NULL,
	form TEXT NOT NULL,
	answered_at TEXT NOT NULL,
	local_date TEXT NOT NULL,
	received_at TEXT NOT NULL,
	protocol_version TEXT NOT NULL,
	protocol_hash TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	device TEXT NOT NULL,
	part_of TEXT NOT NULL,
	corrects TEXT NOT NULL,
	reason TEXT NOT NULL,
	started_at TEXT,
	PRIMARY KEY (episode_id, id),
	CONSTRAINT submission_entered_by_known CHECK (entered_by IN ('patient', 'nurse_phone', 'nurse_paper', 'import')),
	CONSTRAINT submission_episode_id_there FOREIGN KEY(episode_id) REFERENCES episode (id),
	CONSTRAINT submission_id_unique UNIQUE (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE sweep (
	sequence INTEGER NOT NULL,
	started_at TEXT NOT NULL,
	finished_at TEXT NOT NULL,
	episodes INTEGER NOT NULL,
	alerts_changed INTEGER NOT NULL,
	failed TEXT NOT NULL,
	differing TEXT NOT NULL,
	PRIMARY KEY (sequence)
)
 STRICT;

CREATE TABLE user (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	role TEXT NOT NULL,
	password TEXT NOT NULL,
	pin TEXT NOT NULL,
	is_active INTEGER NOT NULL,
	must_change INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT user_role_known CHECK (role IN ('nurse', 'lead', 'admin', 'auditor')),
	CONSTRAINT user_is_active_yes_or_no CHECK (is_active IN (0, 1)),
	CONSTRAINT user_must_change_yes_or_no CHECK (must_change IN (0, 1)),
	CONSTRAINT user_name_folded_unique UNIQUE (name_folded)
)
 STRICT;

