-- motcua migrations 962f4201e1f44de8f620a7cc96d761fc



SELECT pg_catalog.set_config('search_path', '', false);


CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);



CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);



CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);



CREATE FUNCTION public.audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE =
    'insufficient_privilege'; END $$;



CREATE FUNCTION public.dossier_facets(answers jsonb, agency bigint) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (COALESCE(jsonb_object_agg(jsonb_each.key, (jsonb_each.value #>> '{}'::text[])), '{}'::jsonb) || jsonb_build_object('', dossier_facets.agency)) FROM jsonb_each(dossier_facets.answers) jsonb_each(key, value) WHERE ((jsonb_typeof(jsonb_each.value) = ANY (ARRAY['string'::text, 'number'::text, 'boolean'::text])) AND ((jsonb_each.value #>> '{}'::text[]) ~ '^[a-z0-9_.-]{1,40}$'::text) AND ((jsonb_each.value #>> '{}'::text[]) !~ '^[0-9]{9,}$'::text)));



CREATE FUNCTION public.vi_fold(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(regexp_replace(lower((NORMALIZE(t, NFD) COLLATE "C")), '[̀-ͯ]'::text, ''::text, 'g'::text), 'ĐđÐð'::text, 'dddd'::text);



CREATE FUNCTION public.dossier_words(answers jsonb) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT array_to_tsvector(COALESCE(array_agg(found.lexeme), '{}'::text[])) AS array_to_tsvector FROM (SELECT DISTINCT ((('='::text || jsonb_each.key) || '='::text) || ("left"(word.word, 60) COLLATE "C")) AS lexeme FROM jsonb_each(dossier_words.answers) jsonb_each(key, value), LATERAL regexp_split_to_table(public.vi_fold("left"((jsonb_each.value #>> '{}'::text[]), 20000)), '[^a-z0-9]+'::text) word(word) WHERE ((jsonb_typeof(jsonb_each.value) = 'string'::text) AND (word.word <> ''::text) AND ((jsonb_each.value #>> '{}'::text[]) !~ '^([0-9]{9,}|[0-9]{4}-[0-9]{2}-[0-9]{2}|\S+@\S+)$'::text)) ORDER BY ((('='::text || jsonb_each.key) || '='::text) || ("left"(word.word, 60) COLLATE "C")) LIMIT 2000) found);



CREATE FUNCTION public.eforms_published_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a published form version never changes: % refused', TG_OP USING ERRCODE =
    'insufficient_privilege'; END $$;



CREATE FUNCTION public.feedback_case_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND
       (NEW.id, NEW.public_id, NEW.number, NEW.matter, NEW.kind, NEW.via, NEW.once, NEW.received_at, NEW.within_days,
        NEW.due_at, NEW.account, NEW.place, NEW.happened, NEW.accused_is, NEW.thing, NEW.ref, NEW.dossier_code,
        NEW.evidence, NEW.evidence_sha256)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.public_id, OLD.number, OLD.matter, OLD.kind, OLD.via, OLD.once, OLD.received_at, OLD.within_days,
        OLD.due_at, OLD.account, OLD.place, OLD.happened, OLD.accused_is, OLD.thing, OLD.ref, OLD.dossier_code,
        OLD.evidence, OLD.evidence_sha256)
       AND (OLD.closed_at IS NULL OR (NEW.state, NEW.closed_at, NEW.answer, NEW.passed_to)
            IS NOT DISTINCT FROM (OLD.state, OLD.closed_at, OLD.answer, OLD.passed_to)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a case reports is kept: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;



CREATE FUNCTION public.procedures_version_rises() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  UPDATE procedures_catalogueversion SET number = number + 1 WHERE id = 1;
  RETURN NULL;
END $$;



CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;



CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;



CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;





CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);



CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;



CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;



CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;



CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;



CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;



CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;



CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;



CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;



CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;



CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;



CREATE FUNCTION public.vi_sort(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((translate(regexp_replace(NORMALIZE(regexp_replace(translate(lower((NORMALIZE(t, NFD) COLLATE "C")), 'Đ'::text, 'đ'::text), '[̣̀́̃̉]'::text, ''::text, 'g'::text), NFC), '[^a-z0-9ăâđêôơư]+'::text, '!'::text, 'g'::text), 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'::text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`a'::text) || chr(1)) || translate(regexp_replace(translate(lower((NORMALIZE(t, NFD) COLLATE "C")), 'Đ'::text, 'đ'::text), '[^̣̀́̃̉a-zđ ]'::text, ''::text, 'g'::text), '̣̀̉̃́abcdefghijklmnopqrstuvwxyzđ'::text, ('12345'::text || repeat('0'::text, 27))));



CREATE FUNCTION public.vi_tsv(t text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, regexp_replace(public.vi_fold(t), '[^a-z0-9]+'::text, ' '::text, 'g'::text));



CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);



ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);



ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_account (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id bigint NOT NULL,
    login character varying(254) NOT NULL,
    email character varying(254),
    email_verified_at timestamp with time zone,
    phone character varying(15),
    phone_verified_at timestamp with time zone,
    kind character varying(12) NOT NULL,
    full_name character varying(150) NOT NULL,
    birth_date date,
    gender character varying(6) NOT NULL,
    identity_number character varying(12) NOT NULL,
    identity_hash character varying(64) NOT NULL,
    tax_code character varying(14) NOT NULL,
    organisation_name character varying(250) NOT NULL,
    representative_name character varying(150) NOT NULL,
    address jsonb NOT NULL,
    notify_by_email boolean NOT NULL,
    notify_by_sms boolean NOT NULL,
    is_active boolean NOT NULL,
    is_demo boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    terms_accepted_at timestamp with time zone,
    identified_at timestamp with time zone,
    assurance smallint,
    CONSTRAINT account_contact_null_not_empty CHECK (((NOT (((email)::text = ''::text) AND (email IS NOT NULL))) AND (NOT (((phone)::text = ''::text) AND (phone IS NOT NULL))))),
    CONSTRAINT account_kind_known CHECK (((kind)::text = ANY ((ARRAY['person'::character varying, 'organisation'::character varying, 'officer'::character varying])::text[]))),
    CONSTRAINT accounts_account_assurance_check CHECK ((assurance >= 0))
);



ALTER TABLE public.accounts_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_apitoken (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    name character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    account_id bigint NOT NULL
);



ALTER TABLE public.accounts_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_attempt (
    id bigint NOT NULL,
    scope character varying(40) NOT NULL,
    key character varying(64) NOT NULL,
    window_start timestamp with time zone NOT NULL,
    count integer NOT NULL,
    CONSTRAINT accounts_attempt_count_check CHECK ((count >= 0))
);



ALTER TABLE public.accounts_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_code (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    contact character varying(254) NOT NULL,
    digest character varying(64) NOT NULL,
    payload jsonb NOT NULL,
    tries smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    used_at timestamp with time zone,
    account_id bigint,
    CONSTRAINT accounts_code_tries_check CHECK ((tries >= 0))
);



ALTER TABLE public.accounts_code ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_consent (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    wording character varying(20) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_with character varying(50) NOT NULL,
    withdrawn_at timestamp with time zone,
    account_id bigint NOT NULL
);



ALTER TABLE public.accounts_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.accounts_keptanswer (
    id bigint NOT NULL,
    meaning character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    label character varying(300) NOT NULL,
    value jsonb NOT NULL,
    words character varying(500) NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    dossier_code character varying(50) NOT NULL,
    account_id bigint NOT NULL
);



ALTER TABLE public.accounts_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_keptanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_agency (
    id bigint NOT NULL,
    code character varying(35) NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(24) NOT NULL,
    tier character varying(12) NOT NULL,
    unit_code character varying(8) NOT NULL,
    address character varying(300) NOT NULL,
    phone character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    since date NOT NULL,
    until date,
    parent_id bigint,
    bank_account character varying(200) NOT NULL,
    inherits bigint[] NOT NULL,
    CONSTRAINT agency_ends_after_it_begins CHECK (((until IS NULL) OR (until > since)))
);



ALTER TABLE public.agencies_agency ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_agency_successors (
    id bigint NOT NULL,
    from_agency_id bigint NOT NULL,
    to_agency_id bigint NOT NULL
);



ALTER TABLE public.agencies_agency_successors ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_agency_successors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_division (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    phone character varying(20) NOT NULL,
    agency_id bigint NOT NULL
);



ALTER TABLE public.agencies_division ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_division_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_formername (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    until date NOT NULL,
    basis character varying(300) NOT NULL,
    agency_id bigint NOT NULL
);



ALTER TABLE public.agencies_formername ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_formername_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_onestopcounter (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    address character varying(300) NOT NULL,
    phone character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    host_id bigint NOT NULL
);



ALTER TABLE public.agencies_onestopcounter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_onestopcounter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_onestopcounter_serves (
    id bigint NOT NULL,
    onestopcounter_id bigint NOT NULL,
    agency_id bigint NOT NULL
);



ALTER TABLE public.agencies_onestopcounter_serves ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_onestopcounter_serves_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_plannedreorganisation (
    id bigint NOT NULL,
    day date NOT NULL,
    basis character varying(300) NOT NULL,
    changes jsonb NOT NULL,
    proposed_by_name character varying(250) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    confirmed_by_name character varying(250) NOT NULL,
    confirmed_at timestamp with time zone,
    dropped_by_name character varying(250) NOT NULL,
    dropped_at timestamp with time zone,
    faults jsonb NOT NULL,
    confirmed_by_id bigint,
    done_id bigint,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT second_person_confirms_reorganisation CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL)))))
);



ALTER TABLE public.agencies_plannedreorganisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_plannedreorganisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_postheld (
    id bigint NOT NULL,
    role character varying(24) NOT NULL,
    title character varying(120) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    account_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    counter_id bigint,
    division_id bigint,
    CONSTRAINT post_ends_after_it_begins CHECK (((until IS NULL) OR (until > since)))
);



ALTER TABLE public.agencies_postheld ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_postheld_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_reorganisation (
    id bigint NOT NULL,
    day date NOT NULL,
    basis character varying(300) NOT NULL,
    plan jsonb NOT NULL,
    log jsonb NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    applied_by_name character varying(250) NOT NULL
);



ALTER TABLE public.agencies_reorganisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_reorganisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.agencies_standin (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    basis character varying(300) NOT NULL,
    set_by_name character varying(250) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT stand_in_ends_after_it_begins CHECK ((until > since)),
    CONSTRAINT stand_in_has_a_basis CHECK ((NOT ((basis)::text = ''::text)))
);



ALTER TABLE public.agencies_standin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agencies_standin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.api_idempotencykey (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    digest character varying(64) NOT NULL,
    dossier uuid NOT NULL,
    response jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL
);



ALTER TABLE public.api_idempotencykey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_idempotencykey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.archive_destruction (
    id bigint NOT NULL,
    reason character varying(500) NOT NULL,
    proposed_by_name character varying(250) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_by_name character varying(250) NOT NULL,
    approved_at timestamp with time zone,
    dropped_at timestamp with time zone,
    drop_reason character varying(500) NOT NULL,
    agency_id bigint NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT destruction_approved_by_one CHECK (((approved_at IS NULL) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT destruction_decided_once CHECK (((approved_at IS NULL) OR (dropped_at IS NULL))),
    CONSTRAINT destruction_needs_two_persons CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL)))))
);



ALTER TABLE public.archive_destruction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.archive_destruction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.archive_destructionline (
    id bigint NOT NULL,
    is_pending boolean NOT NULL,
    spared character varying(300) NOT NULL,
    digests jsonb NOT NULL,
    destroyed_at timestamp with time zone,
    destruction_id bigint NOT NULL,
    package_id bigint NOT NULL
);



ALTER TABLE public.archive_destructionline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.archive_destructionline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.archive_hindrance (
    id bigint NOT NULL,
    words character varying(300) NOT NULL,
    since timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.archive_hindrance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.archive_hindrance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.archive_hold (
    id bigint NOT NULL,
    reason character varying(500) NOT NULL,
    placed_by_name character varying(250) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_by_name character varying(250) NOT NULL,
    lifted_at timestamp with time zone,
    lift_reason character varying(500) NOT NULL,
    package_id bigint NOT NULL,
    CONSTRAINT hold_has_a_reason CHECK ((NOT ((reason)::text = ''::text)))
);



ALTER TABLE public.archive_hold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.archive_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.archive_package (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    procedure_code character varying(40) NOT NULL,
    procedure_name character varying(2000) NOT NULL,
    sector_code character varying(20) NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    term character varying(10) NOT NULL,
    term_basis character varying(300) NOT NULL,
    term_confirmed boolean NOT NULL,
    ends_on date,
    key character varying(200),
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    manifest_sha256 character varying(64) NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    fault character varying(300) NOT NULL,
    destroyed_at timestamp with time zone,
    agency_id bigint NOT NULL,
    dossier_id bigint,
    CONSTRAINT archive_package_size_check CHECK ((size >= 0)),
    CONSTRAINT package_for_ever_has_no_end CHECK ((((ends_on IS NULL) AND ((term)::text = 'permanent'::text)) OR ((NOT ((term)::text = 'permanent'::text)) AND (ends_on IS NOT NULL)))),
    CONSTRAINT package_kept_or_destroyed CHECK ((((dossier_id IS NOT NULL) AND (key IS NOT NULL)) OR (destroyed_at IS NOT NULL))),
    CONSTRAINT package_term_known CHECK (((term)::text = ANY ((ARRAY['2'::character varying, '5'::character varying, '10'::character varying, '20'::character varying, '70'::character varying, 'permanent'::character varying])::text[])))
);



ALTER TABLE public.archive_package ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.archive_package_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.audit_anchor (
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    after_id bigint NOT NULL,
    last_id bigint NOT NULL,
    events bigint NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    seal bytea NOT NULL,
    CONSTRAINT audit_anchor_number_check CHECK ((number >= 0))
);



CREATE TABLE public.audit_chainhead (
    subject_kind character varying(30) NOT NULL,
    subject_id character varying(80) NOT NULL,
    seq integer NOT NULL,
    digest bytea NOT NULL,
    seal bytea NOT NULL,
    CONSTRAINT audit_chainhead_seq_check CHECK ((seq >= 0))
)
WITH (fillfactor='70');



CREATE TABLE public.audit_event (
    id bigint NOT NULL,
    subject_kind character varying(30) NOT NULL,
    subject_id character varying(80) NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_account_id bigint,
    actor_name character varying(250) NOT NULL,
    role character varying(30) NOT NULL,
    verb character varying(60) NOT NULL,
    body jsonb NOT NULL,
    previous bytea NOT NULL,
    digest bytea NOT NULL,
    seal bytea NOT NULL,
    CONSTRAINT audit_event_seq_check CHECK ((seq >= 0))
);



ALTER TABLE public.audit_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.audit_tally (
    stripe smallint NOT NULL,
    chains bigint NOT NULL,
    sum bytea NOT NULL,
    seal bytea NOT NULL
);



CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);



ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);



ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);



ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);



ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);



ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);



CREATE TABLE public.dossiers_alarm (
    dossier_id bigint NOT NULL,
    ring_at timestamp with time zone NOT NULL
);



CREATE TABLE public.dossiers_apology (
    id bigint NOT NULL,
    reason text NOT NULL,
    was_due_at timestamp with time zone NOT NULL,
    new_due_at timestamp with time zone NOT NULL,
    drafted_by_name character varying(250) NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    signed_by_name character varying(250) NOT NULL,
    signed_title character varying(120) NOT NULL,
    signed_at timestamp with time zone,
    by_the_clock boolean NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.dossiers_apology ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_apology_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_bulkitem (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    code character varying(50) NOT NULL,
    applicant character varying(250) NOT NULL,
    procedure character varying(500) NOT NULL,
    state character varying(8) NOT NULL,
    words text NOT NULL,
    done_at timestamp with time zone,
    run_id uuid NOT NULL,
    CONSTRAINT dossiers_bulkitem_position_check CHECK (("position" >= 0))
);



ALTER TABLE public.dossiers_bulkitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_bulkitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_bulkrun (
    id uuid NOT NULL,
    by_name character varying(250) NOT NULL,
    act character varying(24) NOT NULL,
    details jsonb NOT NULL,
    back character varying(1000) NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    finished_at timestamp with time zone,
    account_id bigint NOT NULL,
    undoes_id uuid
);



CREATE TABLE public.dossiers_codeseries (
    id bigint NOT NULL,
    agency_code character varying(35) NOT NULL,
    day date NOT NULL,
    last integer NOT NULL,
    CONSTRAINT dossiers_codeseries_last_check CHECK ((last >= 0))
);



ALTER TABLE public.dossiers_codeseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_codeseries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_consultation (
    id bigint NOT NULL,
    unit_name character varying(250) NOT NULL,
    question text NOT NULL,
    asked_by_name character varying(250) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    budget_minutes integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    agrees boolean,
    opinion text NOT NULL,
    answered_by_name character varying(250) NOT NULL,
    answered_at timestamp with time zone,
    used_minutes integer NOT NULL,
    agency_id bigint NOT NULL,
    asked_by_id bigint,
    division_id bigint,
    dossier_id bigint NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT dossiers_consultation_budget_minutes_check CHECK ((budget_minutes >= 0)),
    CONSTRAINT dossiers_consultation_used_minutes_check CHECK ((used_minutes >= 0))
);



ALTER TABLE public.dossiers_consultation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_consultation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_crosscheck (
    request_id uuid NOT NULL,
    register character varying(12) NOT NULL,
    path character varying(100) NOT NULL,
    label character varying(300) NOT NULL,
    declared_digest character varying(64) NOT NULL,
    results jsonb NOT NULL,
    source character varying(200) NOT NULL,
    answered_at timestamp with time zone,
    answer_digest character varying(64) NOT NULL,
    purpose character varying(300) NOT NULL,
    asked_by_name character varying(250) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_id bigint NOT NULL,
    dossier_id bigint NOT NULL
);



CREATE TABLE public.dossiers_dossier (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    code character varying(50),
    "case" character varying(40) NOT NULL,
    channel character varying(8) NOT NULL,
    service_level smallint NOT NULL,
    state character varying(24) NOT NULL,
    resume_state character varying(24) NOT NULL,
    outcome character varying(12) NOT NULL,
    applicant_kind character varying(12) NOT NULL,
    applicant_name character varying(250) NOT NULL,
    applicant_identity character varying(20) NOT NULL,
    applicant_identity_hash character varying(64) NOT NULL,
    applicant_phone character varying(15) NOT NULL,
    applicant_email character varying(254) NOT NULL,
    applicant_address character varying(400) NOT NULL,
    answers jsonb NOT NULL,
    provenance jsonb NOT NULL,
    return_channel character varying(8) NOT NULL,
    return_address character varying(400) NOT NULL,
    policy_data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    accepted_at timestamp with time zone,
    result_at timestamp with time zone,
    closed_at timestamp with time zone,
    acceptance_due_at timestamp with time zone,
    promised_at timestamp with time zone,
    first_promised_at timestamp with time zone,
    paused_at timestamp with time zone,
    pauses jsonb NOT NULL,
    due_at timestamp with time zone,
    step_index smallint,
    supplement_rounds smallint NOT NULL,
    supplement_proposed boolean NOT NULL,
    is_demo boolean NOT NULL,
    agency_id bigint NOT NULL,
    applicant_id bigint,
    counter_id bigint NOT NULL,
    created_by_id bigint,
    holder_id bigint,
    revision_id bigint NOT NULL,
    step_division_id bigint,
    divisions bigint[] NOT NULL,
    step_role character varying(24) NOT NULL,
    turn character varying(12) GENERATED ALWAYS AS (
CASE
    WHEN ((state)::text = ANY ((ARRAY['submitted'::character varying, 'accepted'::character varying, 'result_ready'::character varying])::text[])) THEN 'counter'::text
    WHEN (((state)::text = 'examining'::text) AND supplement_proposed) THEN 'counter'::text
    WHEN ((state)::text = 'examining'::text) THEN 'division'::text
    WHEN (((state)::text = 'awaiting_approval'::text) AND ((step_role)::text = 'division_head'::text)) THEN 'head'::text
    WHEN ((state)::text = 'awaiting_approval'::text) THEN 'leader'::text
    WHEN ((state)::text = 'awaiting_seal'::text) THEN 'records'::text
    WHEN ((state)::text = ANY ((ARRAY['awaiting_supplement'::character varying, 'awaiting_payment'::character varying])::text[])) THEN 'applicant'::text
    WHEN ((state)::text = 'draft'::text) THEN 'draft'::text
    ELSE 'closed'::text
END) STORED,
    received jsonb NOT NULL,
    component_modes jsonb NOT NULL,
    extra_rounds smallint NOT NULL,
    handled_as_level smallint,
    paper_arrived_at timestamp with time zone,
    paper_owed boolean NOT NULL,
    parent_id bigint,
    transferred_from_id bigint,
    sort_at timestamp with time zone GENERATED ALWAYS AS (COALESCE(due_at, closed_at, (((COALESCE(paused_at, result_at, submitted_at) AT TIME ZONE 'UTC'::text) + '100 years'::interval) AT TIME ZONE 'UTC'::text))) STORED,
    component_numbers jsonb NOT NULL,
    fee_channel character varying(12) NOT NULL,
    taken_in_by_id bigint,
    transferred_at timestamp with time zone,
    facets jsonb GENERATED ALWAYS AS (public.dossier_facets(answers, agency_id)) STORED,
    earlier_hands bigint[],
    search tsvector GENERATED ALWAYS AS ((public.vi_tsv(((((applicant_name)::text || COALESCE((' zq'::text || (agency_id)::text), ''::text)) || COALESCE((' zq'::text || (taken_in_by_id)::text), ''::text)) || COALESCE((' zq'::text || (transferred_from_id)::text), ''::text))) || public.dossier_words(answers))) STORED,
    CONSTRAINT dossier_state_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'awaiting_supplement'::character varying, 'awaiting_payment'::character varying, 'declined'::character varying, 'accepted'::character varying, 'examining'::character varying, 'awaiting_approval'::character varying, 'awaiting_seal'::character varying, 'result_ready'::character varying, 'delivered'::character varying, 'withdrawn'::character varying, 'stopped'::character varying])::text[]))),
    CONSTRAINT dossiers_dossier_extra_rounds_check CHECK ((extra_rounds >= 0)),
    CONSTRAINT dossiers_dossier_handled_as_level_check CHECK ((handled_as_level >= 0)),
    CONSTRAINT dossiers_dossier_service_level_check CHECK ((service_level >= 0)),
    CONSTRAINT dossiers_dossier_step_index_check CHECK ((step_index >= 0)),
    CONSTRAINT dossiers_dossier_supplement_rounds_check CHECK ((supplement_rounds >= 0)),
    CONSTRAINT only_a_draft_has_no_code CHECK ((((code IS NULL) AND ((state)::text = 'draft'::text)) OR (code IS NOT NULL)))
);



ALTER TABLE public.dossiers_dossier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_dossier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_enclosure (
    id bigint NOT NULL,
    requirement_key character varying(60) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_name character varying(250) NOT NULL,
    supplement_number smallint NOT NULL,
    removed_at timestamp with time zone,
    dossier_id bigint NOT NULL,
    file_id uuid NOT NULL,
    reused jsonb,
    CONSTRAINT dossiers_enclosure_supplement_number_check CHECK ((supplement_number >= 0))
);



ALTER TABLE public.dossiers_enclosure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_enclosure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_exportrun (
    id uuid NOT NULL,
    by_name character varying(250) NOT NULL,
    kind character varying(4) NOT NULL,
    asked jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    tries smallint NOT NULL,
    rows integer NOT NULL,
    content bytea,
    account_id bigint NOT NULL,
    CONSTRAINT dossiers_exportrun_rows_check CHECK ((rows >= 0)),
    CONSTRAINT dossiers_exportrun_tries_check CHECK ((tries >= 0))
);



CREATE TABLE public.dossiers_feedue (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(250) NOT NULL,
    words character varying(500) NOT NULL,
    amount bigint,
    moment character varying(8) NOT NULL,
    refundable boolean NOT NULL,
    basis character varying(300) NOT NULL,
    paid_at timestamp with time zone,
    paid_to_name character varying(250) NOT NULL,
    receipt_number character varying(60) NOT NULL,
    dossier_id bigint NOT NULL,
    CONSTRAINT dossiers_feedue_amount_check CHECK ((amount >= 0)),
    CONSTRAINT dossiers_feedue_position_check CHECK (("position" >= 0)),
    CONSTRAINT paid_fee_has_amount CHECK (((paid_at IS NULL) OR (amount IS NOT NULL)))
);



ALTER TABLE public.dossiers_feedue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_feedue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_finding (
    id bigint NOT NULL,
    item character varying(80) NOT NULL,
    verdict character varying(8) NOT NULL,
    note character varying(1000) NOT NULL,
    by_name character varying(250) NOT NULL,
    at timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.dossiers_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_handover (
    id bigint NOT NULL,
    channel character varying(8) NOT NULL,
    receiver_name character varying(250) NOT NULL,
    receiver_identity character varying(20) NOT NULL,
    parcel_number character varying(60) NOT NULL,
    originals_checked boolean NOT NULL,
    form_signed boolean NOT NULL,
    note character varying(1000) NOT NULL,
    handed_by_name character varying(250) NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL,
    compared_items jsonb NOT NULL,
    compared_with character varying(24) NOT NULL,
    receipt_signed boolean NOT NULL
);



ALTER TABLE public.dossiers_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_internalnote (
    id bigint NOT NULL,
    by_name character varying(250) NOT NULL,
    at timestamp with time zone NOT NULL,
    text text NOT NULL,
    by_id bigint NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.dossiers_internalnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_internalnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_internalnote_mentions (
    id bigint NOT NULL,
    internalnote_id bigint NOT NULL,
    account_id bigint NOT NULL
);



ALTER TABLE public.dossiers_internalnote_mentions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_internalnote_mentions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_promise (
    id bigint NOT NULL,
    what character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    inputs jsonb NOT NULL,
    explanation jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.dossiers_promise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_promise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_result (
    id bigint NOT NULL,
    outcome character varying(12) NOT NULL,
    title character varying(250) NOT NULL,
    body text NOT NULL,
    reasons text NOT NULL,
    drafted_by_name character varying(250) NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    approved_by_name character varying(250) NOT NULL,
    approved_title character varying(120) NOT NULL,
    approved_at timestamp with time zone,
    number character varying(60) NOT NULL,
    sealed_by_name character varying(250) NOT NULL,
    sealed_at timestamp with time zone,
    approved_by_id bigint,
    dossier_id bigint NOT NULL,
    file_id uuid
);



ALTER TABLE public.dossiers_result ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_result_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_savedview (
    id bigint NOT NULL,
    owner_name character varying(250) NOT NULL,
    name character varying(60) NOT NULL,
    query character varying(1000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agency_id bigint,
    owner_id bigint NOT NULL
);



ALTER TABLE public.dossiers_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_steprun (
    id bigint NOT NULL,
    index smallint NOT NULL,
    kind character varying(8) NOT NULL,
    title character varying(200) NOT NULL,
    unit_name character varying(250) NOT NULL,
    given_by_name character varying(250) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    holder_name character varying(250) NOT NULL,
    taken_at timestamp with time zone,
    budget_minutes integer NOT NULL,
    due_at timestamp with time zone,
    finished_at timestamp with time zone,
    used_minutes integer NOT NULL,
    running_since timestamp with time zone,
    note character varying(1000) NOT NULL,
    agency_id bigint NOT NULL,
    division_id bigint,
    dossier_id bigint NOT NULL,
    holder_id bigint,
    given_by_id bigint,
    opened_at timestamp with time zone,
    CONSTRAINT dossiers_steprun_budget_minutes_check CHECK ((budget_minutes >= 0)),
    CONSTRAINT dossiers_steprun_index_check CHECK ((index >= 0)),
    CONSTRAINT dossiers_steprun_used_minutes_check CHECK ((used_minutes >= 0))
);



ALTER TABLE public.dossiers_steprun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_steprun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_supplementrequest (
    id bigint NOT NULL,
    number smallint NOT NULL,
    items jsonb NOT NULL,
    before jsonb NOT NULL,
    message text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by_name character varying(250) NOT NULL,
    answer_by timestamp with time zone,
    explanations jsonb NOT NULL,
    answered_at timestamp with time zone,
    dossier_id bigint NOT NULL,
    CONSTRAINT dossiers_supplementrequest_number_check CHECK ((number >= 0))
);



ALTER TABLE public.dossiers_supplementrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_supplementrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_timelineentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    act character varying(24) NOT NULL,
    state_after character varying(24) NOT NULL,
    by_account_id bigint,
    by_name character varying(250) NOT NULL,
    unit_name character varying(250) NOT NULL,
    note text NOT NULL,
    is_public boolean NOT NULL,
    dossier_id bigint NOT NULL
);



ALTER TABLE public.dossiers_timelineentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_timelineentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.dossiers_timermark (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    rung_at timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL,
    of bigint NOT NULL,
    CONSTRAINT dossiers_timermark_of_check CHECK ((of >= 0))
);



ALTER TABLE public.dossiers_timermark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.dossiers_timermark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.eforms_eformversion (
    id bigint NOT NULL,
    form_key character varying(80) NOT NULL,
    number integer NOT NULL,
    title character varying(300) NOT NULL,
    definition jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    published_by character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT eforms_eformversion_number_check CHECK ((number >= 0))
);



ALTER TABLE public.eforms_eformversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.eforms_eformversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_case (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    number character varying(20) NOT NULL,
    matter character varying(12) NOT NULL,
    kind character varying(20) NOT NULL,
    via character varying(8) NOT NULL,
    once uuid NOT NULL,
    state character varying(12) NOT NULL,
    handler_name character varying(250) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    within_days smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    account text NOT NULL,
    place character varying(300) NOT NULL,
    happened character varying(120) NOT NULL,
    accused_is character varying(8) NOT NULL,
    accused bigint[] NOT NULL,
    thing character varying(8) NOT NULL,
    ref character varying(200) NOT NULL,
    dossier_code character varying(50) NOT NULL,
    evidence jsonb NOT NULL,
    evidence_sha256 character varying(64) NOT NULL,
    answer text NOT NULL,
    passed_to character varying(250) NOT NULL,
    agency_id bigint,
    handler_id bigint,
    CONSTRAINT case_has_handler_once_taken CHECK ((((state)::text = 'new'::text) OR (handler_id IS NOT NULL))),
    CONSTRAINT case_is_closed_when_it_has_ended CHECK ((((closed_at IS NULL) AND ((state)::text = ANY ((ARRAY['new'::character varying, 'verifying'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['new'::character varying, 'verifying'::character varying])::text[]))) AND (closed_at >= received_at)))),
    CONSTRAINT case_kind_known CHECK (((kind)::text = ANY ((ARRAY['choice'::character varying, 'traffic'::character varying, 'data'::character varying, 'software'::character varying, 'unlawful_use'::character varying, 'impersonation'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT case_state_known CHECK (((state)::text = ANY ((ARRAY['new'::character varying, 'verifying'::character varying, 'handled'::character varying, 'transferred'::character varying, 'unfounded'::character varying])::text[]))),
    CONSTRAINT feedback_case_within_days_check CHECK ((within_days >= 0))
);



ALTER TABLE public.feedback_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_caseentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    state_after character varying(12) NOT NULL,
    words text NOT NULL,
    by_account_id bigint,
    by_name character varying(250) NOT NULL,
    case_id bigint NOT NULL
);



ALTER TABLE public.feedback_caseentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_caseentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_casefile (
    id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_name character varying(250) NOT NULL,
    case_id bigint NOT NULL,
    file_id uuid NOT NULL
);



ALTER TABLE public.feedback_casefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_casefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_casereporter (
    id bigint NOT NULL,
    name character varying(250) NOT NULL,
    contact character varying(254) NOT NULL,
    account_id bigint,
    case_id bigint NOT NULL
);



ALTER TABLE public.feedback_casereporter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_casereporter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_caseseries (
    id bigint NOT NULL,
    matter character varying(12) NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT feedback_caseseries_last_check CHECK ((last >= 0)),
    CONSTRAINT feedback_caseseries_year_check CHECK ((year >= 0))
);



ALTER TABLE public.feedback_caseseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_caseseries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.feedback_rating (
    id bigint NOT NULL,
    page character varying(80) NOT NULL,
    version character varying(40) NOT NULL,
    rater character varying(64) NOT NULL,
    is_useful boolean NOT NULL,
    reason character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL
);



ALTER TABLE public.feedback_rating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feedback_rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.files_storedfile (
    id uuid NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    content_type character varying(100) NOT NULL,
    name character varying(255) NOT NULL,
    storage_key character varying(120) NOT NULL,
    uploaded_by_id bigint,
    uploaded_at timestamp with time zone NOT NULL,
    page_count integer,
    state character varying(12) NOT NULL,
    owner character varying(80) NOT NULL,
    signatures smallint NOT NULL,
    CONSTRAINT files_storedfile_page_count_check CHECK ((page_count >= 0)),
    CONSTRAINT files_storedfile_signatures_check CHECK ((signatures >= 0)),
    CONSTRAINT files_storedfile_size_check CHECK ((size >= 0)),
    CONSTRAINT stored_file_state_known CHECK (((state)::text = ANY ((ARRAY['clean'::character varying, 'unscanned'::character varying, 'quarantined'::character varying, 'refused'::character varying])::text[])))
);



CREATE TABLE public.files_vaultpaper (
    id uuid NOT NULL,
    owner_id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    kind character varying(60) NOT NULL,
    title character varying(500) NOT NULL,
    origin character varying(10) NOT NULL,
    source_code character varying(50) NOT NULL,
    source_item character varying(60) NOT NULL,
    source_title character varying(250) NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    verified_by character varying(250) NOT NULL,
    verified_at timestamp with time zone,
    number character varying(100) NOT NULL,
    issuer character varying(250) NOT NULL,
    issued_on date,
    stated_until date,
    valid_until date,
    superseded_at timestamp with time zone,
    wrong_at timestamp with time zone,
    wrong_by character varying(250) NOT NULL,
    wrong_reason character varying(1200) NOT NULL,
    file_id uuid NOT NULL,
    CONSTRAINT vault_origin_known CHECK (((origin)::text = ANY ((ARRAY['enclosed'::character varying, 'result'::character varying, 'uploaded'::character varying])::text[])))
);



CREATE TABLE public.files_vaultreading (
    id bigint NOT NULL,
    owner_id bigint NOT NULL,
    title character varying(500) NOT NULL,
    what character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name character varying(250) NOT NULL,
    by_account_id bigint,
    dossier_code character varying(50) NOT NULL,
    paper_id uuid
);



ALTER TABLE public.files_vaultreading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.files_vaultreading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.notifications_message (
    id uuid NOT NULL,
    recipient_name character varying(250) NOT NULL,
    channel character varying(6) NOT NULL,
    address character varying(254) NOT NULL,
    kind character varying(30) NOT NULL,
    subject character varying(250) NOT NULL,
    body text NOT NULL,
    subject_ref character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state character varying(13) NOT NULL,
    attempts smallint NOT NULL,
    next_attempt_at timestamp with time zone,
    last_error character varying(300) NOT NULL,
    provider_id character varying(120) NOT NULL,
    sent_at timestamp with time zone,
    read_at timestamp with time zone,
    recipient_account_id bigint,
    CONSTRAINT message_channel_known CHECK (((channel)::text = ANY ((ARRAY['portal'::character varying, 'email'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT message_state_known CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'sent'::character varying, 'delivered'::character varying, 'failed'::character varying, 'undeliverable'::character varying])::text[]))),
    CONSTRAINT notifications_message_attempts_check CHECK ((attempts >= 0))
);



CREATE TABLE public.papers_issuedpaper (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    subject character varying(60) NOT NULL,
    agency_code character varying(40) NOT NULL,
    number character varying(60) NOT NULL,
    year smallint NOT NULL,
    data jsonb NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    issued_by_name character varying(200) NOT NULL,
    token character varying(22) NOT NULL,
    refreshed_at timestamp with time zone,
    voided_at timestamp with time zone,
    voided_by_name character varying(200) NOT NULL,
    void_reason character varying(500) NOT NULL,
    sha256 character varying(64),
    replaced_by_id bigint,
    CONSTRAINT paper_replaced_is_void CHECK (((replaced_by_id IS NULL) OR (voided_at IS NOT NULL))),
    CONSTRAINT paper_void_has_reason CHECK (((((void_reason)::text = ''::text) AND (voided_at IS NULL)) OR ((voided_at IS NOT NULL) AND (NOT ((void_reason)::text = ''::text))))),
    CONSTRAINT papers_issuedpaper_year_check CHECK ((year >= 0))
);



ALTER TABLE public.papers_issuedpaper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.papers_issuedpaper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.papers_paperseries (
    id bigint NOT NULL,
    agency_code character varying(40) NOT NULL,
    kind character varying(30) NOT NULL,
    symbol character varying(40) NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT papers_paperseries_last_check CHECK ((last >= 0)),
    CONSTRAINT papers_paperseries_year_check CHECK ((year >= 0))
);



ALTER TABLE public.papers_paperseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.papers_paperseries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_compensation (
    id bigint NOT NULL,
    name character varying(250) NOT NULL,
    amount bigint NOT NULL,
    case_id bigint NOT NULL,
    CONSTRAINT parcels_compensation_amount_check CHECK ((amount >= 0))
);



ALTER TABLE public.parcels_compensation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_compensation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_handoverlist (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    way character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_name character varying(250) NOT NULL,
    closed_at timestamp with time zone,
    closed_by_name character varying(250) NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_name character varying(250) NOT NULL,
    counted smallint,
    agency_id bigint NOT NULL,
    counter_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT parcels_handoverlist_counted_check CHECK ((counted >= 0))
);



ALTER TABLE public.parcels_handoverlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_handoverlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_listline (
    id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_name character varying(250) NOT NULL,
    is_pending boolean NOT NULL,
    list_id bigint NOT NULL,
    parcel_id bigint NOT NULL
);



ALTER TABLE public.parcels_listline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_listline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_lostcase (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    reporter character varying(12) NOT NULL,
    account text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_name character varying(250) NOT NULL,
    compensated_at timestamp with time zone,
    compensated_by_name character varying(250) NOT NULL,
    new_papers text NOT NULL,
    is_duplicate_asked boolean NOT NULL,
    contact character varying(250) NOT NULL,
    helped_at timestamp with time zone,
    helped_by_name character varying(250) NOT NULL,
    closing_words text NOT NULL,
    closed_at timestamp with time zone,
    closed_by_name character varying(250) NOT NULL,
    opened_by_id bigint,
    parcel_id bigint NOT NULL,
    CONSTRAINT lost_case_closes_after_it_opens CHECK (((closed_at IS NULL) OR (closed_at >= opened_at)))
);



ALTER TABLE public.parcels_lostcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_lostcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_parcel (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    ref character varying(50) NOT NULL,
    way character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    name character varying(250) NOT NULL,
    address character varying(400) NOT NULL,
    phone character varying(15) NOT NULL,
    is_registered boolean NOT NULL,
    is_inside boolean,
    within_hours smallint NOT NULL,
    ready_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    handed_over_at timestamp with time zone,
    ended_at timestamp with time zone,
    received_by character varying(250) NOT NULL,
    relation character varying(60) NOT NULL,
    receipt_signed boolean NOT NULL,
    label_number character varying(60) NOT NULL,
    carrier_sequence integer NOT NULL,
    ship_after timestamp with time zone,
    ship_attempts smallint NOT NULL,
    ship_error character varying(300) NOT NULL,
    agency_id bigint NOT NULL,
    counter_id bigint NOT NULL,
    photo_id uuid,
    unit_id bigint NOT NULL,
    CONSTRAINT delivered_parcel_has_receiver CHECK (((NOT ((state)::text = 'delivered'::text)) OR (NOT ((received_by)::text = ''::text)))),
    CONSTRAINT parcel_state CHECK (((state)::text = ANY ((ARRAY['ready'::character varying, 'handed_over'::character varying, 'in_transit'::character varying, 'delivered'::character varying, 'returned'::character varying, 'lost'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT parcel_way CHECK (((way)::text = ANY ((ARRAY['to_citizen'::character varying, 'to_counter'::character varying])::text[]))),
    CONSTRAINT parcels_parcel_carrier_sequence_check CHECK ((carrier_sequence >= 0)),
    CONSTRAINT parcels_parcel_ship_attempts_check CHECK ((ship_attempts >= 0)),
    CONSTRAINT parcels_parcel_within_hours_check CHECK ((within_hours >= 0)),
    CONSTRAINT registered_parcel_is_signed_for CHECK ((NOT (is_registered AND (NOT receipt_signed) AND ((state)::text = 'delivered'::text))))
);



ALTER TABLE public.parcels_parcel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_parcel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_parcelevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(300) NOT NULL,
    by_name character varying(250) NOT NULL,
    report_id character varying(80) NOT NULL,
    is_heeded boolean NOT NULL,
    parcel_id bigint NOT NULL
);



ALTER TABLE public.parcels_parcelevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_parcelevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.parcels_service (
    id bigint NOT NULL,
    counter_id bigint NOT NULL,
    unit_id bigint NOT NULL
);



ALTER TABLE public.parcels_service ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcels_service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.policy_calendarchange (
    id bigint NOT NULL,
    days_off jsonb NOT NULL,
    working_days jsonb NOT NULL,
    hours jsonb NOT NULL,
    hours_since date,
    basis character varying(300) NOT NULL,
    proposed_by_name character varying(250) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_by_name character varying(250) NOT NULL,
    confirmed_at timestamp with time zone,
    dropped_at timestamp with time zone,
    reached bigint NOT NULL,
    moved integer NOT NULL,
    done_at timestamp with time zone,
    agency_id bigint,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT change_confirmed_or_dropped CHECK (((confirmed_at IS NULL) OR (dropped_at IS NULL))),
    CONSTRAINT change_done_once_confirmed CHECK (((done_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT policy_calendarchange_moved_check CHECK ((moved >= 0))
);



ALTER TABLE public.policy_calendarchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.policy_calendarchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.policy_clause (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    value jsonb NOT NULL,
    procedure_code character varying(40) NOT NULL,
    since date NOT NULL,
    until date,
    basis character varying(300) NOT NULL,
    agency_id bigint,
    CONSTRAINT clause_ends_after_it_begins CHECK (((until IS NULL) OR (until > since)))
);



ALTER TABLE public.policy_clause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.policy_clause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.policy_officehours (
    id bigint NOT NULL,
    intervals jsonb NOT NULL,
    first_month smallint NOT NULL,
    first_day smallint NOT NULL,
    last_month smallint NOT NULL,
    last_day smallint NOT NULL,
    basis character varying(300) NOT NULL,
    agency_id bigint,
    CONSTRAINT policy_officehours_first_day_check CHECK ((first_day >= 0)),
    CONSTRAINT policy_officehours_first_month_check CHECK ((first_month >= 0)),
    CONSTRAINT policy_officehours_last_day_check CHECK ((last_day >= 0)),
    CONSTRAINT policy_officehours_last_month_check CHECK ((last_month >= 0))
);



ALTER TABLE public.policy_officehours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.policy_officehours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.policy_outage (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reason character varying(300) NOT NULL,
    recorded_by_name character varying(250) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    reached bigint NOT NULL,
    moved integer NOT NULL,
    done_at timestamp with time zone,
    agency_id bigint,
    recorded_by_id bigint NOT NULL,
    CONSTRAINT outage_ends_after_it_begins CHECK ((until > since)),
    CONSTRAINT policy_outage_moved_check CHECK ((moved >= 0))
);



ALTER TABLE public.policy_outage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.policy_outage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.policy_specialday (
    id bigint NOT NULL,
    day date NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(200) NOT NULL,
    source character varying(200) NOT NULL,
    status character varying(20) NOT NULL
);



ALTER TABLE public.policy_specialday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.policy_specialday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_catalogueversion (
    id bigint NOT NULL,
    number bigint NOT NULL
);



ALTER TABLE public.procedures_catalogueversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_catalogueversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_defect (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    "where" character varying(200) NOT NULL,
    words text NOT NULL,
    resolved_at timestamp with time zone,
    resolved_by character varying(120) NOT NULL,
    revision_id bigint NOT NULL
);



ALTER TABLE public.procedures_defect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_defect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_handover (
    key uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    account_id bigint NOT NULL,
    service_id bigint NOT NULL
);



CREATE TABLE public.procedures_informationcheck (
    id bigint NOT NULL,
    checked_by_name character varying(250) NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    agency_id bigint NOT NULL,
    checked_by_id bigint NOT NULL,
    revision_id bigint NOT NULL
);



ALTER TABLE public.procedures_informationcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_informationcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_informationreminder (
    id bigint NOT NULL,
    procedures integer NOT NULL,
    told integer NOT NULL,
    sent_by_name character varying(250) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    agency_id bigint NOT NULL,
    CONSTRAINT procedures_informationreminder_procedures_check CHECK ((procedures >= 0)),
    CONSTRAINT procedures_informationreminder_told_check CHECK ((told >= 0))
);



ALTER TABLE public.procedures_informationreminder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_informationreminder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_informationsupply (
    id bigint NOT NULL,
    part character varying(12) NOT NULL,
    words text NOT NULL,
    supplied_by_name character varying(250) NOT NULL,
    supplied_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    settled_by_name character varying(250) NOT NULL,
    is_taken boolean NOT NULL,
    answer character varying(500) NOT NULL,
    agency_id bigint NOT NULL,
    procedure_id bigint NOT NULL,
    revision_id bigint,
    supplied_by_id bigint NOT NULL
);



ALTER TABLE public.procedures_informationsupply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_informationsupply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_lifeevent (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    title character varying(80) NOT NULL,
    summary character varying(160) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT procedures_lifeevent_position_check CHECK (("position" >= 0))
);



ALTER TABLE public.procedures_lifeevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_lifeevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_lifeevent_procedures (
    id bigint NOT NULL,
    lifeevent_id bigint NOT NULL,
    procedure_id bigint NOT NULL
);



ALTER TABLE public.procedures_lifeevent_procedures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_lifeevent_procedures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_method (
    id bigint NOT NULL,
    way character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    time_amount integer,
    time_unit character varying(24) NOT NULL,
    note text NOT NULL,
    fees jsonb NOT NULL,
    revision_id bigint NOT NULL,
    time_words character varying(200) NOT NULL,
    CONSTRAINT procedures_method_position_check CHECK (("position" >= 0)),
    CONSTRAINT procedures_method_time_amount_check CHECK ((time_amount >= 0))
);



ALTER TABLE public.procedures_method ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_method_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_ministrydossier (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    status smallint NOT NULL,
    note character varying(300) NOT NULL,
    url character varying(500) NOT NULL,
    sequence integer NOT NULL,
    first_heard_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    hand_over_id uuid NOT NULL,
    system_id bigint NOT NULL,
    CONSTRAINT procedures_ministrydossier_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT procedures_ministrydossier_status_check CHECK ((status >= 0))
);



ALTER TABLE public.procedures_ministrydossier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_ministrydossier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_ministryreport (
    id bigint NOT NULL,
    report_id character varying(80) NOT NULL,
    status smallint NOT NULL,
    sequence integer NOT NULL,
    note character varying(300) NOT NULL,
    is_heeded boolean NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL,
    system_id bigint NOT NULL,
    CONSTRAINT procedures_ministryreport_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT procedures_ministryreport_status_check CHECK ((status >= 0))
);



ALTER TABLE public.procedures_ministryreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_ministryreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_ministryservice (
    id bigint NOT NULL,
    level smallint NOT NULL,
    code character varying(60) NOT NULL,
    since date NOT NULL,
    until date,
    procedure_id bigint NOT NULL,
    system_id bigint NOT NULL,
    CONSTRAINT ministry_service_in_order CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT ministry_service_level_3_or_4 CHECK ((level = ANY (ARRAY[3, 4]))),
    CONSTRAINT procedures_ministryservice_level_check CHECK ((level >= 0))
);



ALTER TABLE public.procedures_ministryservice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_ministryservice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_ministrysystem (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    ministry character varying(200) NOT NULL,
    base_url character varying(300) NOT NULL,
    hand_over character varying(8) NOT NULL,
    until date
);



ALTER TABLE public.procedures_ministrysystem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_ministrysystem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_offering (
    id bigint NOT NULL,
    since date NOT NULL,
    until date,
    agency_id bigint NOT NULL,
    counter_id bigint NOT NULL,
    procedure_id bigint NOT NULL,
    channels jsonb NOT NULL,
    service_level smallint,
    service_mode character varying(12) NOT NULL,
    CONSTRAINT offering_level_1_to_4 CHECK (((service_level IS NULL) OR ((service_level >= 1) AND (service_level <= 4)))),
    CONSTRAINT procedures_offering_service_level_check CHECK ((service_level >= 0))
);



ALTER TABLE public.procedures_offering ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_offering_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_procedure (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    is_local boolean NOT NULL
);



ALTER TABLE public.procedures_procedure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_procedure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_procedurerevision (
    id bigint NOT NULL,
    number integer NOT NULL,
    since date NOT NULL,
    until date,
    name character varying(2000) NOT NULL,
    short_name character varying(200) NOT NULL,
    decision character varying(120) NOT NULL,
    tiers jsonb NOT NULL,
    subjects jsonb NOT NULL,
    audience_person boolean NOT NULL,
    audience_organisation boolean NOT NULL,
    executing text NOT NULL,
    authority text NOT NULL,
    coordinating text NOT NULL,
    steps_text text NOT NULL,
    conditions text NOT NULL,
    results jsonb NOT NULL,
    legal_bases jsonb NOT NULL,
    copies_of_dossier smallint NOT NULL,
    cases jsonb NOT NULL,
    service_level smallint NOT NULL,
    service_mode character varying(12) NOT NULL,
    time_amount integer,
    time_unit character varying(24) NOT NULL,
    same_day_cutoff character varying(5) NOT NULL,
    time_words character varying(500) NOT NULL,
    fees jsonb NOT NULL,
    route jsonb NOT NULL,
    result_title character varying(200) NOT NULL,
    raw jsonb,
    source character varying(300) NOT NULL,
    open_defects integer NOT NULL,
    synonyms text NOT NULL,
    is_sensitive boolean NOT NULL,
    eform_id bigint,
    procedure_id bigint NOT NULL,
    sector_id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    external_url character varying(500) NOT NULL,
    fee_words character varying(200) NOT NULL,
    is_imported boolean NOT NULL,
    place_words character varying(300) NOT NULL,
    published_at timestamp with time zone,
    published_by character varying(200) NOT NULL,
    summary character varying(600) NOT NULL,
    result_kind character varying(60) NOT NULL,
    CONSTRAINT level_1_to_4 CHECK (((service_level >= 1) AND (service_level <= 4))),
    CONSTRAINT procedures_procedurerevision_copies_of_dossier_check CHECK ((copies_of_dossier >= 0)),
    CONSTRAINT procedures_procedurerevision_number_check CHECK ((number >= 0)),
    CONSTRAINT procedures_procedurerevision_open_defects_check CHECK ((open_defects >= 0)),
    CONSTRAINT procedures_procedurerevision_service_level_check CHECK ((service_level >= 0)),
    CONSTRAINT procedures_procedurerevision_time_amount_check CHECK ((time_amount >= 0)),
    CONSTRAINT revision_ends_after_it_begins CHECK (((until IS NULL) OR (until > since)))
);



ALTER TABLE public.procedures_procedurerevision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_procedurerevision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_requirement (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    name text NOT NULL,
    "case" character varying(40) NOT NULL,
    need character varying(12) NOT NULL,
    condition jsonb,
    condition_words character varying(500) NOT NULL,
    originals smallint NOT NULL,
    copies smallint NOT NULL,
    max_files smallint NOT NULL,
    allowed_types jsonb NOT NULL,
    is_eform boolean NOT NULL,
    form_names jsonb NOT NULL,
    revision_id bigint NOT NULL,
    "group" text NOT NULL,
    modes jsonb NOT NULL,
    must_be_signed boolean NOT NULL,
    kind character varying(60) NOT NULL,
    CONSTRAINT procedures_requirement_copies_check CHECK ((copies >= 0)),
    CONSTRAINT procedures_requirement_max_files_check CHECK ((max_files >= 0)),
    CONSTRAINT procedures_requirement_originals_check CHECK ((originals >= 0)),
    CONSTRAINT procedures_requirement_position_check CHECK (("position" >= 0))
);



ALTER TABLE public.procedures_requirement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_requirement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_sector (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(200) NOT NULL
);



ALTER TABLE public.procedures_sector ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_sector_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_serviceproposal (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    service_level smallint,
    service_mode character varying(12) NOT NULL,
    channels jsonb NOT NULL,
    since date NOT NULL,
    reason character varying(500) NOT NULL,
    proposed_by_name character varying(250) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_by_name character varying(250) NOT NULL,
    decided_at timestamp with time zone,
    decision character varying(500) NOT NULL,
    effective date,
    agency_id bigint NOT NULL,
    counter_id bigint,
    decided_by_id bigint,
    procedure_id bigint NOT NULL,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT procedures_serviceproposal_service_level_check CHECK ((service_level >= 0)),
    CONSTRAINT second_person_decides_service CHECK (((decided_by_id IS NULL) OR ((state)::text = 'withdrawn'::text) OR (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL)))))
);



ALTER TABLE public.procedures_serviceproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_serviceproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procedures_withheldrecord (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    raw jsonb NOT NULL,
    source character varying(300) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    procedure_id bigint NOT NULL
);



ALTER TABLE public.procedures_withheldrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.procedures_withheldrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);



CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;



CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;



CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);



CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;



CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);



ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_duty (
    id bigint NOT NULL,
    day date NOT NULL,
    half character varying(10) NOT NULL,
    set_by_name character varying(250) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    counter_id bigint NOT NULL
);



ALTER TABLE public.reception_duty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_registerbook (
    id bigint NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    counter_id bigint NOT NULL,
    CONSTRAINT reception_registerbook_last_check CHECK ((last >= 0)),
    CONSTRAINT reception_registerbook_year_check CHECK ((year >= 0))
);



ALTER TABLE public.reception_registerbook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_registerbook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_registerentry (
    id bigint NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    subject character varying(60) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    counter_id bigint NOT NULL,
    CONSTRAINT reception_registerentry_number_check CHECK ((number >= 0)),
    CONSTRAINT reception_registerentry_year_check CHECK ((year >= 0))
);



ALTER TABLE public.reception_registerentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_registerentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_servicegroup (
    id bigint NOT NULL,
    letter character varying(1) NOT NULL,
    name character varying(120) NOT NULL,
    is_open boolean NOT NULL,
    counter_id bigint NOT NULL
);



ALTER TABLE public.reception_servicegroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_servicegroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_ticket (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    day date NOT NULL,
    number integer NOT NULL,
    standing character varying(8) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    called_at timestamp with time zone,
    shown_at timestamp with time zone,
    calls smallint NOT NULL,
    place character varying(20) NOT NULL,
    ended_at timestamp with time zone,
    called_by_id bigint,
    counter_id bigint NOT NULL,
    group_id bigint NOT NULL,
    CONSTRAINT reception_ticket_calls_check CHECK ((calls >= 0)),
    CONSTRAINT reception_ticket_number_check CHECK ((number >= 0))
);



ALTER TABLE public.reception_ticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.reception_ticketseries (
    id bigint NOT NULL,
    day date NOT NULL,
    last integer NOT NULL,
    group_id bigint NOT NULL,
    CONSTRAINT reception_ticketseries_last_check CHECK ((last >= 0))
);



ALTER TABLE public.reception_ticketseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reception_ticketseries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);



ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);



ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);



ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);



ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);



ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);



ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);





























































































INSERT INTO public.auth_permission VALUES
	(1, 'Can add anchor', 1, 'add_anchor'),
	(2, 'Can change anchor', 1, 'change_anchor'),
	(3, 'Can delete anchor', 1, 'delete_anchor'),
	(4, 'Can view anchor', 1, 'view_anchor'),
	(5, 'Can add chain head', 2, 'add_chainhead'),
	(6, 'Can change chain head', 2, 'change_chainhead'),
	(7, 'Can delete chain head', 2, 'delete_chainhead'),
	(8, 'Can view chain head', 2, 'view_chainhead'),
	(9, 'Can add tally', 3, 'add_tally'),
	(10, 'Can change tally', 3, 'change_tally'),
	(11, 'Can delete tally', 3, 'delete_tally'),
	(12, 'Can view tally', 3, 'view_tally'),
	(13, 'Can add event', 4, 'add_event'),
	(14, 'Can change event', 4, 'change_event'),
	(15, 'Can delete event', 4, 'delete_event'),
	(16, 'Can view event', 4, 'view_event'),
	(17, 'Can add stored file', 5, 'add_storedfile'),
	(18, 'Can change stored file', 5, 'change_storedfile'),
	(19, 'Can delete stored file', 5, 'delete_storedfile'),
	(20, 'Can view stored file', 5, 'view_storedfile'),
	(21, 'Can add vault paper', 6, 'add_vaultpaper'),
	(22, 'Can change vault paper', 6, 'change_vaultpaper'),
	(23, 'Can delete vault paper', 6, 'delete_vaultpaper'),
	(24, 'Can view vault paper', 6, 'view_vaultpaper'),
	(25, 'Can add vault reading', 7, 'add_vaultreading'),
	(26, 'Can change vault reading', 7, 'change_vaultreading'),
	(27, 'Can delete vault reading', 7, 'delete_vaultreading'),
	(28, 'Can view vault reading', 7, 'view_vaultreading'),
	(29, 'Can add account', 8, 'add_account'),
	(30, 'Can change account', 8, 'change_account'),
	(31, 'Can delete account', 8, 'delete_account'),
	(32, 'Can view account', 8, 'view_account'),
	(33, 'Can add api token', 9, 'add_apitoken'),
	(34, 'Can change api token', 9, 'change_apitoken'),
	(35, 'Can delete api token', 9, 'delete_apitoken'),
	(36, 'Can view api token', 9, 'view_apitoken'),
	(37, 'Can add attempt', 10, 'add_attempt'),
	(38, 'Can change attempt', 10, 'change_attempt'),
	(39, 'Can delete attempt', 10, 'delete_attempt'),
	(40, 'Can view attempt', 10, 'view_attempt'),
	(41, 'Can add code', 11, 'add_code'),
	(42, 'Can change code', 11, 'change_code'),
	(43, 'Can delete code', 11, 'delete_code'),
	(44, 'Can view code', 11, 'view_code'),
	(45, 'Can add consent', 12, 'add_consent'),
	(46, 'Can change consent', 12, 'change_consent'),
	(47, 'Can delete consent', 12, 'delete_consent'),
	(48, 'Can view consent', 12, 'view_consent'),
	(49, 'Can add kept answer', 13, 'add_keptanswer'),
	(50, 'Can change kept answer', 13, 'change_keptanswer'),
	(51, 'Can delete kept answer', 13, 'delete_keptanswer'),
	(52, 'Can view kept answer', 13, 'view_keptanswer'),
	(53, 'Can add agency', 14, 'add_agency'),
	(54, 'Can change agency', 14, 'change_agency'),
	(55, 'Can delete agency', 14, 'delete_agency'),
	(56, 'Can view agency', 14, 'view_agency'),
	(57, 'Can add division', 15, 'add_division'),
	(58, 'Can change division', 15, 'change_division'),
	(59, 'Can delete division', 15, 'delete_division'),
	(60, 'Can view division', 15, 'view_division'),
	(61, 'Can add one stop counter', 16, 'add_onestopcounter'),
	(62, 'Can change one stop counter', 16, 'change_onestopcounter'),
	(63, 'Can delete one stop counter', 16, 'delete_onestopcounter'),
	(64, 'Can view one stop counter', 16, 'view_onestopcounter'),
	(65, 'Can add post held', 17, 'add_postheld'),
	(66, 'Can change post held', 17, 'change_postheld'),
	(67, 'Can delete post held', 17, 'delete_postheld'),
	(68, 'Can view post held', 17, 'view_postheld'),
	(69, 'Can add stand in', 18, 'add_standin'),
	(70, 'Can change stand in', 18, 'change_standin'),
	(71, 'Can delete stand in', 18, 'delete_standin'),
	(72, 'Can view stand in', 18, 'view_standin'),
	(73, 'Can add former name', 19, 'add_formername'),
	(74, 'Can change former name', 19, 'change_formername'),
	(75, 'Can delete former name', 19, 'delete_formername'),
	(76, 'Can view former name', 19, 'view_formername'),
	(77, 'Can add reorganisation', 20, 'add_reorganisation'),
	(78, 'Can change reorganisation', 20, 'change_reorganisation'),
	(79, 'Can delete reorganisation', 20, 'delete_reorganisation'),
	(80, 'Can view reorganisation', 20, 'view_reorganisation'),
	(81, 'Can add planned reorganisation', 21, 'add_plannedreorganisation'),
	(82, 'Can change planned reorganisation', 21, 'change_plannedreorganisation'),
	(83, 'Can delete planned reorganisation', 21, 'delete_plannedreorganisation'),
	(84, 'Can view planned reorganisation', 21, 'view_plannedreorganisation'),
	(85, 'Can add e form version', 22, 'add_eformversion'),
	(86, 'Can change e form version', 22, 'change_eformversion'),
	(87, 'Can delete e form version', 22, 'delete_eformversion'),
	(88, 'Can view e form version', 22, 'view_eformversion'),
	(89, 'Can add message', 23, 'add_message'),
	(90, 'Can change message', 23, 'change_message'),
	(91, 'Can delete message', 23, 'delete_message'),
	(92, 'Can view message', 23, 'view_message'),
	(93, 'Can add issued paper', 24, 'add_issuedpaper'),
	(94, 'Can change issued paper', 24, 'change_issuedpaper'),
	(95, 'Can delete issued paper', 24, 'delete_issuedpaper'),
	(96, 'Can view issued paper', 24, 'view_issuedpaper'),
	(97, 'Can add paper series', 25, 'add_paperseries'),
	(98, 'Can change paper series', 25, 'change_paperseries'),
	(99, 'Can delete paper series', 25, 'delete_paperseries'),
	(100, 'Can view paper series', 25, 'view_paperseries'),
	(101, 'Can add handover list', 26, 'add_handoverlist'),
	(102, 'Can change handover list', 26, 'change_handoverlist'),
	(103, 'Can delete handover list', 26, 'delete_handoverlist'),
	(104, 'Can view handover list', 26, 'view_handoverlist'),
	(105, 'Can add lost case', 27, 'add_lostcase'),
	(106, 'Can change lost case', 27, 'change_lostcase'),
	(107, 'Can delete lost case', 27, 'delete_lostcase'),
	(108, 'Can view lost case', 27, 'view_lostcase'),
	(109, 'Can add compensation', 28, 'add_compensation'),
	(110, 'Can change compensation', 28, 'change_compensation'),
	(111, 'Can delete compensation', 28, 'delete_compensation'),
	(112, 'Can view compensation', 28, 'view_compensation'),
	(113, 'Can add parcel', 29, 'add_parcel'),
	(114, 'Can change parcel', 29, 'change_parcel'),
	(115, 'Can delete parcel', 29, 'delete_parcel'),
	(116, 'Can view parcel', 29, 'view_parcel'),
	(117, 'Can add list line', 30, 'add_listline'),
	(118, 'Can change list line', 30, 'change_listline'),
	(119, 'Can delete list line', 30, 'delete_listline'),
	(120, 'Can view list line', 30, 'view_listline'),
	(121, 'Can add parcel event', 31, 'add_parcelevent'),
	(122, 'Can change parcel event', 31, 'change_parcelevent'),
	(123, 'Can delete parcel event', 31, 'delete_parcelevent'),
	(124, 'Can view parcel event', 31, 'view_parcelevent'),
	(125, 'Can add service', 32, 'add_service'),
	(126, 'Can change service', 32, 'change_service'),
	(127, 'Can delete service', 32, 'delete_service'),
	(128, 'Can view service', 32, 'view_service'),
	(129, 'Can add service group', 33, 'add_servicegroup'),
	(130, 'Can change service group', 33, 'change_servicegroup'),
	(131, 'Can delete service group', 33, 'delete_servicegroup'),
	(132, 'Can view service group', 33, 'view_servicegroup'),
	(133, 'Can add ticket', 34, 'add_ticket'),
	(134, 'Can change ticket', 34, 'change_ticket'),
	(135, 'Can delete ticket', 34, 'delete_ticket'),
	(136, 'Can view ticket', 34, 'view_ticket'),
	(137, 'Can add ticket series', 35, 'add_ticketseries'),
	(138, 'Can change ticket series', 35, 'change_ticketseries'),
	(139, 'Can delete ticket series', 35, 'delete_ticketseries'),
	(140, 'Can view ticket series', 35, 'view_ticketseries'),
	(141, 'Can add duty', 36, 'add_duty'),
	(142, 'Can change duty', 36, 'change_duty'),
	(143, 'Can delete duty', 36, 'delete_duty'),
	(144, 'Can view duty', 36, 'view_duty'),
	(145, 'Can add register book', 37, 'add_registerbook'),
	(146, 'Can change register book', 37, 'change_registerbook'),
	(147, 'Can delete register book', 37, 'delete_registerbook'),
	(148, 'Can view register book', 37, 'view_registerbook'),
	(149, 'Can add register entry', 38, 'add_registerentry'),
	(150, 'Can change register entry', 38, 'change_registerentry'),
	(151, 'Can delete register entry', 38, 'delete_registerentry'),
	(152, 'Can view register entry', 38, 'view_registerentry'),
	(153, 'Can add procedure', 39, 'add_procedure'),
	(154, 'Can change procedure', 39, 'change_procedure'),
	(155, 'Can delete procedure', 39, 'delete_procedure'),
	(156, 'Can view procedure', 39, 'view_procedure'),
	(157, 'Can add sector', 40, 'add_sector'),
	(158, 'Can change sector', 40, 'change_sector'),
	(159, 'Can delete sector', 40, 'delete_sector'),
	(160, 'Can view sector', 40, 'view_sector'),
	(161, 'Can add life event', 41, 'add_lifeevent'),
	(162, 'Can change life event', 41, 'change_lifeevent'),
	(163, 'Can delete life event', 41, 'delete_lifeevent'),
	(164, 'Can view life event', 41, 'view_lifeevent'),
	(165, 'Can add procedure revision', 42, 'add_procedurerevision'),
	(166, 'Can change procedure revision', 42, 'change_procedurerevision'),
	(167, 'Can delete procedure revision', 42, 'delete_procedurerevision'),
	(168, 'Can view procedure revision', 42, 'view_procedurerevision'),
	(169, 'Can add method', 43, 'add_method'),
	(170, 'Can change method', 43, 'change_method'),
	(171, 'Can delete method', 43, 'delete_method'),
	(172, 'Can view method', 43, 'view_method'),
	(173, 'Can add offering', 44, 'add_offering'),
	(174, 'Can change offering', 44, 'change_offering'),
	(175, 'Can delete offering', 44, 'delete_offering'),
	(176, 'Can view offering', 44, 'view_offering'),
	(177, 'Can add defect', 45, 'add_defect'),
	(178, 'Can change defect', 45, 'change_defect'),
	(179, 'Can delete defect', 45, 'delete_defect'),
	(180, 'Can view defect', 45, 'view_defect'),
	(181, 'Can add requirement', 46, 'add_requirement'),
	(182, 'Can change requirement', 46, 'change_requirement'),
	(183, 'Can delete requirement', 46, 'delete_requirement'),
	(184, 'Can view requirement', 46, 'view_requirement'),
	(185, 'Can add catalogue version', 47, 'add_catalogueversion'),
	(186, 'Can change catalogue version', 47, 'change_catalogueversion'),
	(187, 'Can delete catalogue version', 47, 'delete_catalogueversion'),
	(188, 'Can view catalogue version', 47, 'view_catalogueversion'),
	(189, 'Can add withheld record', 48, 'add_withheldrecord'),
	(190, 'Can change withheld record', 48, 'change_withheldrecord'),
	(191, 'Can delete withheld record', 48, 'delete_withheldrecord'),
	(192, 'Can view withheld record', 48, 'view_withheldrecord'),
	(193, 'Can add information check', 49, 'add_informationcheck'),
	(194, 'Can change information check', 49, 'change_informationcheck'),
	(195, 'Can delete information check', 49, 'delete_informationcheck'),
	(196, 'Can view information check', 49, 'view_informationcheck'),
	(197, 'Can add information reminder', 50, 'add_informationreminder'),
	(198, 'Can change information reminder', 50, 'change_informationreminder'),
	(199, 'Can delete information reminder', 50, 'delete_informationreminder'),
	(200, 'Can view information reminder', 50, 'view_informationreminder');
INSERT INTO public.auth_permission VALUES
	(201, 'Can add service proposal', 51, 'add_serviceproposal'),
	(202, 'Can change service proposal', 51, 'change_serviceproposal'),
	(203, 'Can delete service proposal', 51, 'delete_serviceproposal'),
	(204, 'Can view service proposal', 51, 'view_serviceproposal'),
	(205, 'Can add ministry system', 52, 'add_ministrysystem'),
	(206, 'Can change ministry system', 52, 'change_ministrysystem'),
	(207, 'Can delete ministry system', 52, 'delete_ministrysystem'),
	(208, 'Can view ministry system', 52, 'view_ministrysystem'),
	(209, 'Can add hand over', 53, 'add_handover'),
	(210, 'Can change hand over', 53, 'change_handover'),
	(211, 'Can delete hand over', 53, 'delete_handover'),
	(212, 'Can view hand over', 53, 'view_handover'),
	(213, 'Can add ministry dossier', 54, 'add_ministrydossier'),
	(214, 'Can change ministry dossier', 54, 'change_ministrydossier'),
	(215, 'Can delete ministry dossier', 54, 'delete_ministrydossier'),
	(216, 'Can view ministry dossier', 54, 'view_ministrydossier'),
	(217, 'Can add ministry service', 55, 'add_ministryservice'),
	(218, 'Can change ministry service', 55, 'change_ministryservice'),
	(219, 'Can delete ministry service', 55, 'delete_ministryservice'),
	(220, 'Can view ministry service', 55, 'view_ministryservice'),
	(221, 'Can add ministry report', 56, 'add_ministryreport'),
	(222, 'Can change ministry report', 56, 'change_ministryreport'),
	(223, 'Can delete ministry report', 56, 'delete_ministryreport'),
	(224, 'Can view ministry report', 56, 'view_ministryreport'),
	(225, 'Can add information supply', 57, 'add_informationsupply'),
	(226, 'Can change information supply', 57, 'change_informationsupply'),
	(227, 'Can delete information supply', 57, 'delete_informationsupply'),
	(228, 'Can view information supply', 57, 'view_informationsupply'),
	(229, 'Can add special day', 58, 'add_specialday'),
	(230, 'Can change special day', 58, 'change_specialday'),
	(231, 'Can delete special day', 58, 'delete_specialday'),
	(232, 'Can view special day', 58, 'view_specialday'),
	(233, 'Can add office hours', 59, 'add_officehours'),
	(234, 'Can change office hours', 59, 'change_officehours'),
	(235, 'Can delete office hours', 59, 'delete_officehours'),
	(236, 'Can view office hours', 59, 'view_officehours'),
	(237, 'Can add clause', 60, 'add_clause'),
	(238, 'Can change clause', 60, 'change_clause'),
	(239, 'Can delete clause', 60, 'delete_clause'),
	(240, 'Can view clause', 60, 'view_clause'),
	(241, 'Can add calendar change', 61, 'add_calendarchange'),
	(242, 'Can change calendar change', 61, 'change_calendarchange'),
	(243, 'Can delete calendar change', 61, 'delete_calendarchange'),
	(244, 'Can view calendar change', 61, 'view_calendarchange'),
	(245, 'Can add outage', 62, 'add_outage'),
	(246, 'Can change outage', 62, 'change_outage'),
	(247, 'Can delete outage', 62, 'delete_outage'),
	(248, 'Can view outage', 62, 'view_outage'),
	(249, 'Can add enclosure', 63, 'add_enclosure'),
	(250, 'Can change enclosure', 63, 'change_enclosure'),
	(251, 'Can delete enclosure', 63, 'delete_enclosure'),
	(252, 'Can view enclosure', 63, 'view_enclosure'),
	(253, 'Can add fee due', 64, 'add_feedue'),
	(254, 'Can change fee due', 64, 'change_feedue'),
	(255, 'Can delete fee due', 64, 'delete_feedue'),
	(256, 'Can view fee due', 64, 'view_feedue'),
	(257, 'Can add finding', 65, 'add_finding'),
	(258, 'Can change finding', 65, 'change_finding'),
	(259, 'Can delete finding', 65, 'delete_finding'),
	(260, 'Can view finding', 65, 'view_finding'),
	(261, 'Can add handover', 66, 'add_handover'),
	(262, 'Can change handover', 66, 'change_handover'),
	(263, 'Can delete handover', 66, 'delete_handover'),
	(264, 'Can view handover', 66, 'view_handover'),
	(265, 'Can add promise', 67, 'add_promise'),
	(266, 'Can change promise', 67, 'change_promise'),
	(267, 'Can delete promise', 67, 'delete_promise'),
	(268, 'Can view promise', 67, 'view_promise'),
	(269, 'Can add result', 68, 'add_result'),
	(270, 'Can change result', 68, 'change_result'),
	(271, 'Can delete result', 68, 'delete_result'),
	(272, 'Can view result', 68, 'view_result'),
	(273, 'Can add step run', 69, 'add_steprun'),
	(274, 'Can change step run', 69, 'change_steprun'),
	(275, 'Can delete step run', 69, 'delete_steprun'),
	(276, 'Can view step run', 69, 'view_steprun'),
	(277, 'Can add supplement request', 70, 'add_supplementrequest'),
	(278, 'Can change supplement request', 70, 'change_supplementrequest'),
	(279, 'Can delete supplement request', 70, 'delete_supplementrequest'),
	(280, 'Can view supplement request', 70, 'view_supplementrequest'),
	(281, 'Can add timeline entry', 71, 'add_timelineentry'),
	(282, 'Can change timeline entry', 71, 'change_timelineentry'),
	(283, 'Can delete timeline entry', 71, 'delete_timelineentry'),
	(284, 'Can view timeline entry', 71, 'view_timelineentry'),
	(285, 'Can add code series', 72, 'add_codeseries'),
	(286, 'Can change code series', 72, 'change_codeseries'),
	(287, 'Can delete code series', 72, 'delete_codeseries'),
	(288, 'Can view code series', 72, 'view_codeseries'),
	(289, 'Can add dossier', 73, 'add_dossier'),
	(290, 'Can change dossier', 73, 'change_dossier'),
	(291, 'Can delete dossier', 73, 'delete_dossier'),
	(292, 'Can view dossier', 73, 'view_dossier'),
	(293, 'Can add apology', 74, 'add_apology'),
	(294, 'Can change apology', 74, 'change_apology'),
	(295, 'Can delete apology', 74, 'delete_apology'),
	(296, 'Can view apology', 74, 'view_apology'),
	(297, 'Can add consultation', 75, 'add_consultation'),
	(298, 'Can change consultation', 75, 'change_consultation'),
	(299, 'Can delete consultation', 75, 'delete_consultation'),
	(300, 'Can view consultation', 75, 'view_consultation'),
	(301, 'Can add internal note', 76, 'add_internalnote'),
	(302, 'Can change internal note', 76, 'change_internalnote'),
	(303, 'Can delete internal note', 76, 'delete_internalnote'),
	(304, 'Can view internal note', 76, 'view_internalnote'),
	(305, 'Can add timer mark', 77, 'add_timermark'),
	(306, 'Can change timer mark', 77, 'change_timermark'),
	(307, 'Can delete timer mark', 77, 'delete_timermark'),
	(308, 'Can view timer mark', 77, 'view_timermark'),
	(309, 'Can add bulk item', 78, 'add_bulkitem'),
	(310, 'Can change bulk item', 78, 'change_bulkitem'),
	(311, 'Can delete bulk item', 78, 'delete_bulkitem'),
	(312, 'Can view bulk item', 78, 'view_bulkitem'),
	(313, 'Can add bulk run', 79, 'add_bulkrun'),
	(314, 'Can change bulk run', 79, 'change_bulkrun'),
	(315, 'Can delete bulk run', 79, 'delete_bulkrun'),
	(316, 'Can view bulk run', 79, 'view_bulkrun'),
	(317, 'Can add export run', 80, 'add_exportrun'),
	(318, 'Can change export run', 80, 'change_exportrun'),
	(319, 'Can delete export run', 80, 'delete_exportrun'),
	(320, 'Can view export run', 80, 'view_exportrun'),
	(321, 'Can add saved view', 81, 'add_savedview'),
	(322, 'Can change saved view', 81, 'change_savedview'),
	(323, 'Can delete saved view', 81, 'delete_savedview'),
	(324, 'Can view saved view', 81, 'view_savedview'),
	(325, 'Can add alarm', 82, 'add_alarm'),
	(326, 'Can change alarm', 82, 'change_alarm'),
	(327, 'Can delete alarm', 82, 'delete_alarm'),
	(328, 'Can view alarm', 82, 'view_alarm'),
	(329, 'Can add cross check', 83, 'add_crosscheck'),
	(330, 'Can change cross check', 83, 'change_crosscheck'),
	(331, 'Can delete cross check', 83, 'delete_crosscheck'),
	(332, 'Can view cross check', 83, 'view_crosscheck'),
	(333, 'Can add destruction', 84, 'add_destruction'),
	(334, 'Can change destruction', 84, 'change_destruction'),
	(335, 'Can delete destruction', 84, 'delete_destruction'),
	(336, 'Can view destruction', 84, 'view_destruction'),
	(337, 'Can add hindrance', 85, 'add_hindrance'),
	(338, 'Can change hindrance', 85, 'change_hindrance'),
	(339, 'Can delete hindrance', 85, 'delete_hindrance'),
	(340, 'Can view hindrance', 85, 'view_hindrance'),
	(341, 'Can add package', 86, 'add_package'),
	(342, 'Can change package', 86, 'change_package'),
	(343, 'Can delete package', 86, 'delete_package'),
	(344, 'Can view package', 86, 'view_package'),
	(345, 'Can add hold', 87, 'add_hold'),
	(346, 'Can change hold', 87, 'change_hold'),
	(347, 'Can delete hold', 87, 'delete_hold'),
	(348, 'Can view hold', 87, 'view_hold'),
	(349, 'Can add destruction line', 88, 'add_destructionline'),
	(350, 'Can change destruction line', 88, 'change_destructionline'),
	(351, 'Can delete destruction line', 88, 'delete_destructionline'),
	(352, 'Can view destruction line', 88, 'view_destructionline'),
	(353, 'Can add case', 89, 'add_case'),
	(354, 'Can change case', 89, 'change_case'),
	(355, 'Can delete case', 89, 'delete_case'),
	(356, 'Can view case', 89, 'view_case'),
	(357, 'Can add case entry', 90, 'add_caseentry'),
	(358, 'Can change case entry', 90, 'change_caseentry'),
	(359, 'Can delete case entry', 90, 'delete_caseentry'),
	(360, 'Can view case entry', 90, 'view_caseentry'),
	(361, 'Can add case file', 91, 'add_casefile'),
	(362, 'Can change case file', 91, 'change_casefile'),
	(363, 'Can delete case file', 91, 'delete_casefile'),
	(364, 'Can view case file', 91, 'view_casefile'),
	(365, 'Can add case reporter', 92, 'add_casereporter'),
	(366, 'Can change case reporter', 92, 'change_casereporter'),
	(367, 'Can delete case reporter', 92, 'delete_casereporter'),
	(368, 'Can view case reporter', 92, 'view_casereporter'),
	(369, 'Can add case series', 93, 'add_caseseries'),
	(370, 'Can change case series', 93, 'change_caseseries'),
	(371, 'Can delete case series', 93, 'delete_caseseries'),
	(372, 'Can view case series', 93, 'view_caseseries'),
	(373, 'Can add rating', 94, 'add_rating'),
	(374, 'Can change rating', 94, 'change_rating'),
	(375, 'Can delete rating', 94, 'delete_rating'),
	(376, 'Can view rating', 94, 'view_rating'),
	(377, 'Can add idempotency key', 95, 'add_idempotencykey'),
	(378, 'Can change idempotency key', 95, 'change_idempotencykey'),
	(379, 'Can delete idempotency key', 95, 'delete_idempotencykey'),
	(380, 'Can view idempotency key', 95, 'view_idempotencykey'),
	(381, 'Can add content type', 96, 'add_contenttype'),
	(382, 'Can change content type', 96, 'change_contenttype'),
	(383, 'Can delete content type', 96, 'delete_contenttype'),
	(384, 'Can view content type', 96, 'view_contenttype'),
	(385, 'Can add permission', 97, 'add_permission'),
	(386, 'Can change permission', 97, 'change_permission'),
	(387, 'Can delete permission', 97, 'delete_permission'),
	(388, 'Can view permission', 97, 'view_permission'),
	(389, 'Can add group', 98, 'add_group'),
	(390, 'Can change group', 98, 'change_group'),
	(391, 'Can delete group', 98, 'delete_group'),
	(392, 'Can view group', 98, 'view_group'),
	(393, 'Can add session', 99, 'add_session'),
	(394, 'Can change session', 99, 'change_session'),
	(395, 'Can delete session', 99, 'delete_session'),
	(396, 'Can view session', 99, 'view_session'),
	(397, 'Can add email address', 100, 'add_emailaddress'),
	(398, 'Can change email address', 100, 'change_emailaddress'),
	(399, 'Can delete email address', 100, 'delete_emailaddress'),
	(400, 'Can view email address', 100, 'view_emailaddress');
INSERT INTO public.auth_permission VALUES
	(401, 'Can add email confirmation', 101, 'add_emailconfirmation'),
	(402, 'Can change email confirmation', 101, 'change_emailconfirmation'),
	(403, 'Can delete email confirmation', 101, 'delete_emailconfirmation'),
	(404, 'Can view email confirmation', 101, 'view_emailconfirmation'),
	(405, 'Can add social account', 102, 'add_socialaccount'),
	(406, 'Can change social account', 102, 'change_socialaccount'),
	(407, 'Can delete social account', 102, 'delete_socialaccount'),
	(408, 'Can view social account', 102, 'view_socialaccount'),
	(409, 'Can add social application', 103, 'add_socialapp'),
	(410, 'Can change social application', 103, 'change_socialapp'),
	(411, 'Can delete social application', 103, 'delete_socialapp'),
	(412, 'Can view social application', 103, 'view_socialapp'),
	(413, 'Can add social application token', 104, 'add_socialtoken'),
	(414, 'Can change social application token', 104, 'change_socialtoken'),
	(415, 'Can delete social application token', 104, 'delete_socialtoken'),
	(416, 'Can view social application token', 104, 'view_socialtoken'),
	(417, 'Can add procrastinate event', 105, 'add_procrastinateevent'),
	(418, 'Can change procrastinate event', 105, 'change_procrastinateevent'),
	(419, 'Can delete procrastinate event', 105, 'delete_procrastinateevent'),
	(420, 'Can view procrastinate event', 105, 'view_procrastinateevent'),
	(421, 'Can add procrastinate job', 106, 'add_procrastinatejob'),
	(422, 'Can change procrastinate job', 106, 'change_procrastinatejob'),
	(423, 'Can delete procrastinate job', 106, 'delete_procrastinatejob'),
	(424, 'Can view procrastinate job', 106, 'view_procrastinatejob'),
	(425, 'Can add procrastinate periodic defer', 107, 'add_procrastinateperiodicdefer'),
	(426, 'Can change procrastinate periodic defer', 107, 'change_procrastinateperiodicdefer'),
	(427, 'Can delete procrastinate periodic defer', 107, 'delete_procrastinateperiodicdefer'),
	(428, 'Can view procrastinate periodic defer', 107, 'view_procrastinateperiodicdefer'),
	(429, 'Can add procrastinate worker', 108, 'add_procrastinateworker'),
	(430, 'Can change procrastinate worker', 108, 'change_procrastinateworker'),
	(431, 'Can delete procrastinate worker', 108, 'delete_procrastinateworker'),
	(432, 'Can view procrastinate worker', 108, 'view_procrastinateworker');



INSERT INTO public.django_content_type VALUES
	(1, 'audit', 'anchor'),
	(2, 'audit', 'chainhead'),
	(3, 'audit', 'tally'),
	(4, 'audit', 'event'),
	(5, 'files', 'storedfile'),
	(6, 'files', 'vaultpaper'),
	(7, 'files', 'vaultreading'),
	(8, 'accounts', 'account'),
	(9, 'accounts', 'apitoken'),
	(10, 'accounts', 'attempt'),
	(11, 'accounts', 'code'),
	(12, 'accounts', 'consent'),
	(13, 'accounts', 'keptanswer'),
	(14, 'agencies', 'agency'),
	(15, 'agencies', 'division'),
	(16, 'agencies', 'onestopcounter'),
	(17, 'agencies', 'postheld'),
	(18, 'agencies', 'standin'),
	(19, 'agencies', 'formername'),
	(20, 'agencies', 'reorganisation'),
	(21, 'agencies', 'plannedreorganisation'),
	(22, 'eforms', 'eformversion'),
	(23, 'notifications', 'message'),
	(24, 'papers', 'issuedpaper'),
	(25, 'papers', 'paperseries'),
	(26, 'parcels', 'handoverlist'),
	(27, 'parcels', 'lostcase'),
	(28, 'parcels', 'compensation'),
	(29, 'parcels', 'parcel'),
	(30, 'parcels', 'listline'),
	(31, 'parcels', 'parcelevent'),
	(32, 'parcels', 'service'),
	(33, 'reception', 'servicegroup'),
	(34, 'reception', 'ticket'),
	(35, 'reception', 'ticketseries'),
	(36, 'reception', 'duty'),
	(37, 'reception', 'registerbook'),
	(38, 'reception', 'registerentry'),
	(39, 'procedures', 'procedure'),
	(40, 'procedures', 'sector'),
	(41, 'procedures', 'lifeevent'),
	(42, 'procedures', 'procedurerevision'),
	(43, 'procedures', 'method'),
	(44, 'procedures', 'offering'),
	(45, 'procedures', 'defect'),
	(46, 'procedures', 'requirement'),
	(47, 'procedures', 'catalogueversion'),
	(48, 'procedures', 'withheldrecord'),
	(49, 'procedures', 'informationcheck'),
	(50, 'procedures', 'informationreminder'),
	(51, 'procedures', 'serviceproposal'),
	(52, 'procedures', 'ministrysystem'),
	(53, 'procedures', 'handover'),
	(54, 'procedures', 'ministrydossier'),
	(55, 'procedures', 'ministryservice'),
	(56, 'procedures', 'ministryreport'),
	(57, 'procedures', 'informationsupply'),
	(58, 'policy', 'specialday'),
	(59, 'policy', 'officehours'),
	(60, 'policy', 'clause'),
	(61, 'policy', 'calendarchange'),
	(62, 'policy', 'outage'),
	(63, 'dossiers', 'enclosure'),
	(64, 'dossiers', 'feedue'),
	(65, 'dossiers', 'finding'),
	(66, 'dossiers', 'handover'),
	(67, 'dossiers', 'promise'),
	(68, 'dossiers', 'result'),
	(69, 'dossiers', 'steprun'),
	(70, 'dossiers', 'supplementrequest'),
	(71, 'dossiers', 'timelineentry'),
	(72, 'dossiers', 'codeseries'),
	(73, 'dossiers', 'dossier'),
	(74, 'dossiers', 'apology'),
	(75, 'dossiers', 'consultation'),
	(76, 'dossiers', 'internalnote'),
	(77, 'dossiers', 'timermark'),
	(78, 'dossiers', 'bulkitem'),
	(79, 'dossiers', 'bulkrun'),
	(80, 'dossiers', 'exportrun'),
	(81, 'dossiers', 'savedview'),
	(82, 'dossiers', 'alarm'),
	(83, 'dossiers', 'crosscheck'),
	(84, 'archive', 'destruction'),
	(85, 'archive', 'hindrance'),
	(86, 'archive', 'package'),
	(87, 'archive', 'hold'),
	(88, 'archive', 'destructionline'),
	(89, 'feedback', 'case'),
	(90, 'feedback', 'caseentry'),
	(91, 'feedback', 'casefile'),
	(92, 'feedback', 'casereporter'),
	(93, 'feedback', 'caseseries'),
	(94, 'feedback', 'rating'),
	(95, 'api', 'idempotencykey'),
	(96, 'contenttypes', 'contenttype'),
	(97, 'auth', 'permission'),
	(98, 'auth', 'group'),
	(99, 'sessions', 'session'),
	(100, 'account', 'emailaddress'),
	(101, 'account', 'emailconfirmation'),
	(102, 'socialaccount', 'socialaccount'),
	(103, 'socialaccount', 'socialapp'),
	(104, 'socialaccount', 'socialtoken'),
	(105, 'procrastinate', 'procrastinateevent'),
	(106, 'procrastinate', 'procrastinatejob'),
	(107, 'procrastinate', 'procrastinateperiodicdefer'),
	(108, 'procrastinate', 'procrastinateworker');



















































































































































INSERT INTO public.procedures_catalogueversion VALUES
	(1, 0);



































































































SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);



SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_account_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_apitoken_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_attempt_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_code_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_consent_id_seq', 1, false);



SELECT pg_catalog.setval('public.accounts_keptanswer_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_agency_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_agency_successors_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_division_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_formername_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_onestopcounter_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_onestopcounter_serves_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_plannedreorganisation_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_postheld_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_reorganisation_id_seq', 1, false);



SELECT pg_catalog.setval('public.agencies_standin_id_seq', 1, false);



SELECT pg_catalog.setval('public.api_idempotencykey_id_seq', 1, false);



SELECT pg_catalog.setval('public.archive_destruction_id_seq', 1, false);



SELECT pg_catalog.setval('public.archive_destructionline_id_seq', 1, false);



SELECT pg_catalog.setval('public.archive_hindrance_id_seq', 1, false);



SELECT pg_catalog.setval('public.archive_hold_id_seq', 1, false);



SELECT pg_catalog.setval('public.archive_package_id_seq', 1, false);



SELECT pg_catalog.setval('public.audit_event_id_seq', 1, false);



SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);



SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);



SELECT pg_catalog.setval('public.auth_permission_id_seq', 432, true);



SELECT pg_catalog.setval('public.django_content_type_id_seq', 108, true);






SELECT pg_catalog.setval('public.dossiers_apology_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_bulkitem_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_codeseries_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_consultation_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_dossier_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_enclosure_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_feedue_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_finding_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_handover_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_internalnote_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_internalnote_mentions_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_promise_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_result_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_savedview_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_steprun_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_supplementrequest_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_timelineentry_id_seq', 1, false);



SELECT pg_catalog.setval('public.dossiers_timermark_id_seq', 1, false);



SELECT pg_catalog.setval('public.eforms_eformversion_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_case_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_caseentry_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_casefile_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_casereporter_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_caseseries_id_seq', 1, false);



SELECT pg_catalog.setval('public.feedback_rating_id_seq', 1, false);



SELECT pg_catalog.setval('public.files_vaultreading_id_seq', 1, false);



SELECT pg_catalog.setval('public.papers_issuedpaper_id_seq', 1, false);



SELECT pg_catalog.setval('public.papers_paperseries_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_compensation_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_handoverlist_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_listline_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_lostcase_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_parcel_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_parcelevent_id_seq', 1, false);



SELECT pg_catalog.setval('public.parcels_service_id_seq', 1, false);



SELECT pg_catalog.setval('public.policy_calendarchange_id_seq', 1, false);



SELECT pg_catalog.setval('public.policy_clause_id_seq', 1, false);



SELECT pg_catalog.setval('public.policy_officehours_id_seq', 1, false);



SELECT pg_catalog.setval('public.policy_outage_id_seq', 1, false);



SELECT pg_catalog.setval('public.policy_specialday_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_catalogueversion_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_defect_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_informationcheck_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_informationreminder_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_informationsupply_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_lifeevent_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_lifeevent_procedures_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_method_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_ministrydossier_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_ministryreport_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_ministryservice_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_ministrysystem_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_offering_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_procedure_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_procedurerevision_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_requirement_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_sector_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_serviceproposal_id_seq', 1, false);



SELECT pg_catalog.setval('public.procedures_withheldrecord_id_seq', 1, false);



SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);



SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);



SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);



SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_duty_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_registerbook_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_registerentry_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_servicegroup_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_ticket_id_seq', 1, false);



SELECT pg_catalog.setval('public.reception_ticketseries_id_seq', 1, false);



SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false);



SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false);



SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false);



ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);



ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);



ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_email_key UNIQUE (email);



ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_login_key UNIQUE (login);



ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_phone_key UNIQUE (phone);



ALTER TABLE ONLY public.accounts_account
    ADD CONSTRAINT accounts_account_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_digest_key UNIQUE (digest);



ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_attempt
    ADD CONSTRAINT accounts_attempt_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_code
    ADD CONSTRAINT accounts_code_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_consent
    ADD CONSTRAINT accounts_consent_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_keptanswer
    ADD CONSTRAINT accounts_keptanswer_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_agency
    ADD CONSTRAINT agencies_agency_code_key UNIQUE (code);



ALTER TABLE ONLY public.agencies_agency
    ADD CONSTRAINT agencies_agency_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_agency_successors
    ADD CONSTRAINT agencies_agency_successo_from_agency_id_to_agency_efef423e_uniq UNIQUE (from_agency_id, to_agency_id);



ALTER TABLE ONLY public.agencies_agency_successors
    ADD CONSTRAINT agencies_agency_successors_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_division
    ADD CONSTRAINT agencies_division_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_formername
    ADD CONSTRAINT agencies_formername_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_onestopcounter_serves
    ADD CONSTRAINT agencies_onestopcounter__onestopcounter_id_agency_2b436c3b_uniq UNIQUE (onestopcounter_id, agency_id);



ALTER TABLE ONLY public.agencies_onestopcounter
    ADD CONSTRAINT agencies_onestopcounter_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_onestopcounter_serves
    ADD CONSTRAINT agencies_onestopcounter_serves_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_plannedreorganisation
    ADD CONSTRAINT agencies_plannedreorganisation_done_id_key UNIQUE (done_id);



ALTER TABLE ONLY public.agencies_plannedreorganisation
    ADD CONSTRAINT agencies_plannedreorganisation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_postheld
    ADD CONSTRAINT agencies_postheld_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_reorganisation
    ADD CONSTRAINT agencies_reorganisation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.agencies_standin
    ADD CONSTRAINT agencies_standin_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.api_idempotencykey
    ADD CONSTRAINT api_idempotencykey_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.archive_destruction
    ADD CONSTRAINT archive_destruction_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.archive_destructionline
    ADD CONSTRAINT archive_destructionline_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.archive_hindrance
    ADD CONSTRAINT archive_hindrance_dossier_id_key UNIQUE (dossier_id);



ALTER TABLE ONLY public.archive_hindrance
    ADD CONSTRAINT archive_hindrance_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.archive_hold
    ADD CONSTRAINT archive_hold_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_code_key UNIQUE (code);



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_dossier_id_key UNIQUE (dossier_id);



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_key_key UNIQUE (key);



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.accounts_attempt
    ADD CONSTRAINT attempt_one_row_per_key UNIQUE (scope, key);



ALTER TABLE ONLY public.audit_anchor
    ADD CONSTRAINT audit_anchor_pkey PRIMARY KEY (number);



ALTER TABLE ONLY public.audit_chainhead
    ADD CONSTRAINT audit_chainhead_pkey PRIMARY KEY (subject_kind, subject_id);



ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_one_per_seq UNIQUE (subject_kind, subject_id, seq);



ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.audit_tally
    ADD CONSTRAINT audit_tally_pkey PRIMARY KEY (stripe);



ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);



ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);



ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);



ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_bulkitem
    ADD CONSTRAINT bulk_code_once UNIQUE (run_id, code);



ALTER TABLE ONLY public.dossiers_bulkitem
    ADD CONSTRAINT bulk_position_once UNIQUE (run_id, "position");



ALTER TABLE ONLY public.policy_clause
    ADD CONSTRAINT clause_once_per_scope_and_day UNIQUE NULLS NOT DISTINCT (key, agency_id, procedure_code, since);



ALTER TABLE ONLY public.procedures_defect
    ADD CONSTRAINT defect_once UNIQUE (revision_id, code, "where");



ALTER TABLE ONLY public.agencies_division
    ADD CONSTRAINT division_key_once_per_agency UNIQUE (agency_id, key);



ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);



ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);



ALTER TABLE ONLY public.dossiers_alarm
    ADD CONSTRAINT dossiers_alarm_pkey PRIMARY KEY (dossier_id);



ALTER TABLE ONLY public.dossiers_apology
    ADD CONSTRAINT dossiers_apology_dossier_id_key UNIQUE (dossier_id);



ALTER TABLE ONLY public.dossiers_apology
    ADD CONSTRAINT dossiers_apology_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_bulkitem
    ADD CONSTRAINT dossiers_bulkitem_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_bulkrun
    ADD CONSTRAINT dossiers_bulkrun_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_codeseries
    ADD CONSTRAINT dossiers_codeseries_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_crosscheck
    ADD CONSTRAINT dossiers_crosscheck_pkey PRIMARY KEY (request_id);



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_code_key UNIQUE (code);



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_public_id_key UNIQUE (public_id);



ALTER TABLE ONLY public.dossiers_enclosure
    ADD CONSTRAINT dossiers_enclosure_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_exportrun
    ADD CONSTRAINT dossiers_exportrun_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_feedue
    ADD CONSTRAINT dossiers_feedue_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_finding
    ADD CONSTRAINT dossiers_finding_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_handover
    ADD CONSTRAINT dossiers_handover_dossier_id_key UNIQUE (dossier_id);



ALTER TABLE ONLY public.dossiers_handover
    ADD CONSTRAINT dossiers_handover_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_internalnote_mentions
    ADD CONSTRAINT dossiers_internalnote_me_internalnote_id_account__1f0b4b85_uniq UNIQUE (internalnote_id, account_id);



ALTER TABLE ONLY public.dossiers_internalnote_mentions
    ADD CONSTRAINT dossiers_internalnote_mentions_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_internalnote
    ADD CONSTRAINT dossiers_internalnote_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_promise
    ADD CONSTRAINT dossiers_promise_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_result
    ADD CONSTRAINT dossiers_result_dossier_id_key UNIQUE (dossier_id);



ALTER TABLE ONLY public.dossiers_result
    ADD CONSTRAINT dossiers_result_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_savedview
    ADD CONSTRAINT dossiers_savedview_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_supplementrequest
    ADD CONSTRAINT dossiers_supplementrequest_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_timelineentry
    ADD CONSTRAINT dossiers_timelineentry_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_timermark
    ADD CONSTRAINT dossiers_timermark_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.eforms_eformversion
    ADD CONSTRAINT eform_version_once UNIQUE (form_key, number);



ALTER TABLE ONLY public.eforms_eformversion
    ADD CONSTRAINT eforms_eformversion_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_feedue
    ADD CONSTRAINT fee_position_once UNIQUE (dossier_id, "position");



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_number_key UNIQUE (number);



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_once_key UNIQUE (once);



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_public_id_key UNIQUE (public_id);



ALTER TABLE ONLY public.feedback_caseentry
    ADD CONSTRAINT feedback_caseentry_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.feedback_casefile
    ADD CONSTRAINT feedback_casefile_file_id_key UNIQUE (file_id);



ALTER TABLE ONLY public.feedback_casefile
    ADD CONSTRAINT feedback_casefile_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.feedback_casereporter
    ADD CONSTRAINT feedback_casereporter_case_id_key UNIQUE (case_id);



ALTER TABLE ONLY public.feedback_casereporter
    ADD CONSTRAINT feedback_casereporter_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.feedback_caseseries
    ADD CONSTRAINT feedback_caseseries_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.feedback_rating
    ADD CONSTRAINT feedback_rating_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_enclosure
    ADD CONSTRAINT file_enclosed_once UNIQUE (dossier_id, file_id);



ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_storage_key_key UNIQUE (storage_key);



ALTER TABLE ONLY public.files_vaultpaper
    ADD CONSTRAINT files_vaultpaper_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.files_vaultreading
    ADD CONSTRAINT files_vaultreading_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_servicegroup
    ADD CONSTRAINT group_letter_once_per_counter UNIQUE (counter_id, letter);



ALTER TABLE ONLY public.api_idempotencykey
    ADD CONSTRAINT idempotency_key_once UNIQUE (account_id, key);



ALTER TABLE ONLY public.procedures_informationcheck
    ADD CONSTRAINT information_checked_once UNIQUE (revision_id, agency_id);



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT ministry_dossier_once UNIQUE (system_id, code);



ALTER TABLE ONLY public.procedures_ministryreport
    ADD CONSTRAINT ministry_report_once UNIQUE (system_id, report_id);



ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_message_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_duty
    ADD CONSTRAINT on_duty_once_per_half_day UNIQUE (counter_id, day, half, account_id);



ALTER TABLE ONLY public.feedback_caseseries
    ADD CONSTRAINT one_case_series_a_year UNIQUE (matter, year);



ALTER TABLE ONLY public.dossiers_codeseries
    ADD CONSTRAINT one_code_series_per_agency_and_day UNIQUE (agency_code, day);



ALTER TABLE ONLY public.dossiers_finding
    ADD CONSTRAINT one_finding_per_item UNIQUE (dossier_id, item);



ALTER TABLE ONLY public.accounts_keptanswer
    ADD CONSTRAINT one_kept_answer_per_meaning UNIQUE (account_id, meaning);



ALTER TABLE ONLY public.feedback_rating
    ADD CONSTRAINT one_rating_a_person_and_version UNIQUE (page, version, rater);



ALTER TABLE ONLY public.reception_registerbook
    ADD CONSTRAINT one_register_book_per_year UNIQUE (counter_id, year);



ALTER TABLE ONLY public.reception_ticketseries
    ADD CONSTRAINT one_ticket_series_per_group_and_day UNIQUE (group_id, day);



ALTER TABLE ONLY public.archive_destructionline
    ADD CONSTRAINT package_once_per_list UNIQUE (destruction_id, package_id);



ALTER TABLE ONLY public.papers_paperseries
    ADD CONSTRAINT paper_series_one_per_year UNIQUE (agency_code, kind, symbol, year);



ALTER TABLE ONLY public.papers_issuedpaper
    ADD CONSTRAINT papers_issuedpaper_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.papers_issuedpaper
    ADD CONSTRAINT papers_issuedpaper_token_key UNIQUE (token);



ALTER TABLE ONLY public.papers_paperseries
    ADD CONSTRAINT papers_paperseries_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_listline
    ADD CONSTRAINT parcel_once_on_a_list UNIQUE (list_id, parcel_id);



ALTER TABLE ONLY public.parcels_compensation
    ADD CONSTRAINT parcels_compensation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_handoverlist
    ADD CONSTRAINT parcels_handoverlist_number_key UNIQUE (number);



ALTER TABLE ONLY public.parcels_handoverlist
    ADD CONSTRAINT parcels_handoverlist_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_listline
    ADD CONSTRAINT parcels_listline_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_lostcase
    ADD CONSTRAINT parcels_lostcase_parcel_id_key UNIQUE (parcel_id);



ALTER TABLE ONLY public.parcels_lostcase
    ADD CONSTRAINT parcels_lostcase_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_number_key UNIQUE (number);



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_parcelevent
    ADD CONSTRAINT parcels_parcelevent_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.parcels_service
    ADD CONSTRAINT parcels_service_counter_id_key UNIQUE (counter_id);



ALTER TABLE ONLY public.parcels_service
    ADD CONSTRAINT parcels_service_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.policy_calendarchange
    ADD CONSTRAINT policy_calendarchange_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.policy_clause
    ADD CONSTRAINT policy_clause_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.policy_officehours
    ADD CONSTRAINT policy_officehours_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.policy_outage
    ADD CONSTRAINT policy_outage_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.policy_specialday
    ADD CONSTRAINT policy_specialday_day_key UNIQUE (day);



ALTER TABLE ONLY public.policy_specialday
    ADD CONSTRAINT policy_specialday_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_catalogueversion
    ADD CONSTRAINT procedures_catalogueversion_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_defect
    ADD CONSTRAINT procedures_defect_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_handover
    ADD CONSTRAINT procedures_handover_pkey PRIMARY KEY (key);



ALTER TABLE ONLY public.procedures_informationcheck
    ADD CONSTRAINT procedures_informationcheck_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_informationreminder
    ADD CONSTRAINT procedures_informationreminder_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_informationsupply
    ADD CONSTRAINT procedures_informationsupply_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_lifeevent
    ADD CONSTRAINT procedures_lifeevent_key_key UNIQUE (key);



ALTER TABLE ONLY public.procedures_lifeevent
    ADD CONSTRAINT procedures_lifeevent_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_lifeevent_procedures
    ADD CONSTRAINT procedures_lifeevent_pro_lifeevent_id_procedure_i_58e671b3_uniq UNIQUE (lifeevent_id, procedure_id);



ALTER TABLE ONLY public.procedures_lifeevent_procedures
    ADD CONSTRAINT procedures_lifeevent_procedures_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_method
    ADD CONSTRAINT procedures_method_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT procedures_ministrydossier_hand_over_id_key UNIQUE (hand_over_id);



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT procedures_ministrydossier_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_ministryreport
    ADD CONSTRAINT procedures_ministryreport_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_ministryservice
    ADD CONSTRAINT procedures_ministryservice_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_ministrysystem
    ADD CONSTRAINT procedures_ministrysystem_key_key UNIQUE (key);



ALTER TABLE ONLY public.procedures_ministrysystem
    ADD CONSTRAINT procedures_ministrysystem_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_offering
    ADD CONSTRAINT procedures_offering_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_procedure
    ADD CONSTRAINT procedures_procedure_code_key UNIQUE (code);



ALTER TABLE ONLY public.procedures_procedure
    ADD CONSTRAINT procedures_procedure_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_procedurerevision
    ADD CONSTRAINT procedures_procedurerevision_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_requirement
    ADD CONSTRAINT procedures_requirement_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_sector
    ADD CONSTRAINT procedures_sector_code_key UNIQUE (code);



ALTER TABLE ONLY public.procedures_sector
    ADD CONSTRAINT procedures_sector_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_serviceproposal_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procedures_withheldrecord
    ADD CONSTRAINT procedures_withheldrecord_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);



ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_duty
    ADD CONSTRAINT reception_duty_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_registerbook
    ADD CONSTRAINT reception_registerbook_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_registerentry
    ADD CONSTRAINT reception_registerentry_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_registerentry
    ADD CONSTRAINT reception_registerentry_subject_key UNIQUE (subject);



ALTER TABLE ONLY public.reception_servicegroup
    ADD CONSTRAINT reception_servicegroup_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT reception_ticket_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT reception_ticket_public_id_key UNIQUE (public_id);



ALTER TABLE ONLY public.reception_ticketseries
    ADD CONSTRAINT reception_ticketseries_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reception_registerentry
    ADD CONSTRAINT register_number_once UNIQUE (counter_id, year, number);



ALTER TABLE ONLY public.agencies_reorganisation
    ADD CONSTRAINT reorganisation_once UNIQUE (day, basis);



ALTER TABLE ONLY public.procedures_requirement
    ADD CONSTRAINT requirement_key_once UNIQUE (revision_id, key);



ALTER TABLE ONLY public.procedures_procedurerevision
    ADD CONSTRAINT revision_number_once UNIQUE (procedure_id, number);



ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);



ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);



ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.dossiers_supplementrequest
    ADD CONSTRAINT supplement_number_once UNIQUE (dossier_id, number);



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT ticket_number_once_a_day UNIQUE (group_id, day, number);



ALTER TABLE ONLY public.dossiers_timermark
    ADD CONSTRAINT timer_rings_once UNIQUE (dossier_id, kind, due_at, of);



ALTER TABLE ONLY public.files_vaultpaper
    ADD CONSTRAINT vault_holds_a_paper_once UNIQUE (owner_id, kind, sha256);



ALTER TABLE ONLY public.dossiers_savedview
    ADD CONSTRAINT view_name_once UNIQUE (owner_id, name);



ALTER TABLE ONLY public.procedures_withheldrecord
    ADD CONSTRAINT withheld_record_once UNIQUE (procedure_id, digest);



CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);



CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);



CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);



CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);



CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);



CREATE UNIQUE INDEX account_login_any_case ON public.accounts_account USING btree (lower((login)::text));



CREATE INDEX accounts_account_email_348850e2_like ON public.accounts_account USING btree (email varchar_pattern_ops);



CREATE INDEX accounts_account_identity_hash_d68c901e ON public.accounts_account USING btree (identity_hash);



CREATE INDEX accounts_account_identity_hash_d68c901e_like ON public.accounts_account USING btree (identity_hash varchar_pattern_ops);



CREATE INDEX accounts_account_login_a59ab3ec_like ON public.accounts_account USING btree (login varchar_pattern_ops);



CREATE INDEX accounts_account_phone_8ea3ea59_like ON public.accounts_account USING btree (phone varchar_pattern_ops);



CREATE INDEX accounts_apitoken_account_id_c5e627d6 ON public.accounts_apitoken USING btree (account_id);



CREATE INDEX accounts_apitoken_digest_63ccb187_like ON public.accounts_apitoken USING btree (digest varchar_pattern_ops);



CREATE INDEX accounts_at_window__ac6399_idx ON public.accounts_attempt USING btree (window_start);



CREATE INDEX accounts_code_account_id_4bb440de ON public.accounts_code USING btree (account_id);



CREATE INDEX accounts_code_expires_at_1f7222b9 ON public.accounts_code USING btree (expires_at);



CREATE INDEX accounts_consent_account_id_80eeeb4e ON public.accounts_consent USING btree (account_id);



CREATE INDEX accounts_keptanswer_account_id_f7b5f154 ON public.accounts_keptanswer USING btree (account_id);



CREATE INDEX agencies_ag_tier_303d5a_idx ON public.agencies_agency USING btree (tier, code);



CREATE INDEX agencies_ag_unit_co_bfe6eb_idx ON public.agencies_agency USING btree (unit_code);



CREATE INDEX agencies_agency_code_6a7194fc_like ON public.agencies_agency USING btree (code varchar_pattern_ops);



CREATE INDEX agencies_agency_parent_id_2087cd0c ON public.agencies_agency USING btree (parent_id);



CREATE INDEX agencies_agency_successors_from_agency_id_f7aead81 ON public.agencies_agency_successors USING btree (from_agency_id);



CREATE INDEX agencies_agency_successors_to_agency_id_a98a33d3 ON public.agencies_agency_successors USING btree (to_agency_id);



CREATE INDEX agencies_division_agency_id_6ec8ad72 ON public.agencies_division USING btree (agency_id);



CREATE INDEX agencies_division_key_5430545e ON public.agencies_division USING btree (key);



CREATE INDEX agencies_division_key_5430545e_like ON public.agencies_division USING btree (key varchar_pattern_ops);



CREATE INDEX agencies_formername_agency_id_9382db47 ON public.agencies_formername USING btree (agency_id);



CREATE INDEX agencies_onestopcounter_host_id_e60db1ab ON public.agencies_onestopcounter USING btree (host_id);



CREATE INDEX agencies_onestopcounter_serves_agency_id_a57767ca ON public.agencies_onestopcounter_serves USING btree (agency_id);



CREATE INDEX agencies_onestopcounter_serves_onestopcounter_id_91ccfcb2 ON public.agencies_onestopcounter_serves USING btree (onestopcounter_id);



CREATE INDEX agencies_plannedreorganisation_confirmed_by_id_c977e971 ON public.agencies_plannedreorganisation USING btree (confirmed_by_id);



CREATE INDEX agencies_plannedreorganisation_proposed_by_id_342c0b93 ON public.agencies_plannedreorganisation USING btree (proposed_by_id);



CREATE INDEX agencies_po_account_082d03_idx ON public.agencies_postheld USING btree (account_id, since);



CREATE INDEX agencies_po_agency__a452c6_idx ON public.agencies_postheld USING btree (agency_id, role);



CREATE INDEX agencies_postheld_account_id_92448766 ON public.agencies_postheld USING btree (account_id);



CREATE INDEX agencies_postheld_agency_id_7e6d2aeb ON public.agencies_postheld USING btree (agency_id);



CREATE INDEX agencies_postheld_counter_id_2eb66dbd ON public.agencies_postheld USING btree (counter_id);



CREATE INDEX agencies_postheld_division_id_eab5d092 ON public.agencies_postheld USING btree (division_id);



CREATE INDEX agencies_standin_account_id_fbf8d3f2 ON public.agencies_standin USING btree (account_id);



CREATE INDEX agencies_standin_post_id_d1992e69 ON public.agencies_standin USING btree (post_id);



CREATE INDEX alarm_next ON public.dossiers_alarm USING btree (ring_at, dossier_id);



CREATE INDEX api_idempotencykey_account_id_003ff6b5 ON public.api_idempotencykey USING btree (account_id);



CREATE INDEX archive_destruction_agency_id_46b95832 ON public.archive_destruction USING btree (agency_id);



CREATE INDEX archive_destruction_decided_by_id_ef5da9c2 ON public.archive_destruction USING btree (decided_by_id);



CREATE INDEX archive_destruction_proposed_by_id_435f2cc0 ON public.archive_destruction USING btree (proposed_by_id);



CREATE INDEX archive_destructionline_destruction_id_bf1dbdf9 ON public.archive_destructionline USING btree (destruction_id);



CREATE INDEX archive_destructionline_package_id_0277d203 ON public.archive_destructionline USING btree (package_id);



CREATE INDEX archive_hold_package_id_ea4fe9ea ON public.archive_hold USING btree (package_id);



CREATE INDEX archive_package_code_e268ef3a_like ON public.archive_package USING btree (code varchar_pattern_ops);



CREATE INDEX archive_package_key_56d8ad72_like ON public.archive_package USING btree (key varchar_pattern_ops);



CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);



CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);



CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);



CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);



CREATE INDEX bulk_items_waiting ON public.dossiers_bulkitem USING btree (run_id, "position") WHERE ((state)::text = 'waiting'::text);



CREATE INDEX bulk_prepared ON public.dossiers_bulkrun USING btree (prepared_at) WHERE (confirmed_at IS NULL);



CREATE INDEX bulk_under_way ON public.dossiers_bulkrun USING btree (confirmed_at) WHERE ((confirmed_at IS NOT NULL) AND (finished_at IS NULL));



CREATE UNIQUE INDEX carrier_report_once ON public.parcels_parcelevent USING btree (report_id) WHERE (NOT ((report_id)::text = ''::text));



CREATE INDEX case_by_time ON public.feedback_case USING btree (received_at DESC, id DESC);



CREATE INDEX case_falls_due ON public.feedback_case USING btree (due_at) WHERE (closed_at IS NULL);



CREATE INDEX case_of_agency ON public.feedback_case USING btree (agency_id, received_at DESC, id DESC);



CREATE INDEX case_of_dossier ON public.feedback_case USING btree (dossier_code) WHERE (NOT ((dossier_code)::text = ''::text));



CREATE INDEX crosscheck_of_dossier ON public.dossiers_crosscheck USING btree (dossier_id, asked_at);



CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);



CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);



CREATE INDEX dossier_agency_channel ON public.dossiers_dossier USING btree (agency_id, channel, turn, sort_at, id);



CREATE INDEX dossier_agency_filed ON public.dossiers_dossier USING btree (agency_id, submitted_at, id) WHERE (submitted_at IS NOT NULL);



CREATE INDEX dossier_agency_level ON public.dossiers_dossier USING btree (agency_id, service_level, turn, sort_at, id);



CREATE INDEX dossier_agency_result ON public.dossiers_dossier USING btree (agency_id, result_at) INCLUDE (promised_at) WHERE (result_at IS NOT NULL);



CREATE INDEX dossier_agency_revision ON public.dossiers_dossier USING btree (agency_id, revision_id, turn, sort_at, id);



CREATE INDEX dossier_agency_state ON public.dossiers_dossier USING btree (agency_id, state, sort_at, id);



CREATE INDEX dossier_agency_turn ON public.dossiers_dossier USING btree (agency_id, turn, sort_at, id);



CREATE INDEX dossier_division_turn ON public.dossiers_dossier USING btree (step_division_id, turn, sort_at, id);



CREATE INDEX dossier_divisions ON public.dossiers_dossier USING gin (divisions);



CREATE INDEX dossier_draft_age ON public.dossiers_dossier USING btree (state, saved_at) WHERE ((state)::text = 'draft'::text);



CREATE INDEX dossier_earlier_hands ON public.dossiers_dossier USING gin (earlier_hands) WHERE (earlier_hands IS NOT NULL);



CREATE INDEX dossier_facets ON public.dossiers_dossier USING gin (facets jsonb_path_ops);



CREATE INDEX dossier_falls_due ON public.dossiers_dossier USING btree (due_at) WHERE (due_at IS NOT NULL);



CREATE INDEX dossier_handed_on ON public.dossiers_dossier USING btree (transferred_from_id, turn, sort_at, id) WHERE (transferred_from_id IS NOT NULL);



CREATE INDEX dossier_of_applicant ON public.dossiers_dossier USING btree (applicant_id, saved_at DESC);



CREATE INDEX dossier_of_identity ON public.dossiers_dossier USING btree (applicant_identity_hash) WHERE (NOT ((applicant_identity_hash)::text = ''::text));



CREATE INDEX dossier_promised ON public.dossiers_dossier USING btree (promised_at) WHERE (closed_at IS NULL);



CREATE INDEX dossier_search ON public.dossiers_dossier USING gin (search);



CREATE INDEX dossier_taken_in_elsewhere ON public.dossiers_dossier USING btree (agency_id, turn, sort_at, id) WHERE (taken_in_by_id IS NOT NULL);



CREATE INDEX dossier_taken_in_for ON public.dossiers_dossier USING btree (taken_in_by_id, turn, sort_at, id) WHERE (taken_in_by_id IS NOT NULL);



CREATE INDEX dossiers_bulkrun_account_id_281b20c0 ON public.dossiers_bulkrun USING btree (account_id);



CREATE INDEX dossiers_bulkrun_undoes_id_608c2d06 ON public.dossiers_bulkrun USING btree (undoes_id);



CREATE INDEX dossiers_consultation_agency_id_26374892 ON public.dossiers_consultation USING btree (agency_id);



CREATE INDEX dossiers_consultation_asked_by_id_44cdb406 ON public.dossiers_consultation USING btree (asked_by_id);



CREATE INDEX dossiers_consultation_division_id_4e6e0530 ON public.dossiers_consultation USING btree (division_id);



CREATE INDEX dossiers_consultation_dossier_id_1c8e3dd1 ON public.dossiers_consultation USING btree (dossier_id);



CREATE INDEX dossiers_consultation_run_id_2248688d ON public.dossiers_consultation USING btree (run_id);



CREATE INDEX dossiers_crosscheck_asked_by_id_2ea2014f ON public.dossiers_crosscheck USING btree (asked_by_id);



CREATE INDEX dossiers_dossier_applicant_id_3ba18564 ON public.dossiers_dossier USING btree (applicant_id);



CREATE INDEX dossiers_dossier_code_6d68c351_like ON public.dossiers_dossier USING btree (code varchar_pattern_ops);



CREATE INDEX dossiers_dossier_counter_id_e274ed94 ON public.dossiers_dossier USING btree (counter_id);



CREATE INDEX dossiers_dossier_created_by_id_7312926e ON public.dossiers_dossier USING btree (created_by_id);



CREATE INDEX dossiers_dossier_holder_id_2e7a398d ON public.dossiers_dossier USING btree (holder_id);



CREATE INDEX dossiers_dossier_parent_id_785649f5 ON public.dossiers_dossier USING btree (parent_id);



CREATE INDEX dossiers_dossier_revision_id_86580ee9 ON public.dossiers_dossier USING btree (revision_id);



CREATE INDEX dossiers_enclosure_dossier_id_7edd846d ON public.dossiers_enclosure USING btree (dossier_id);



CREATE INDEX dossiers_enclosure_file_id_c5aa5eb6 ON public.dossiers_enclosure USING btree (file_id);



CREATE INDEX dossiers_exportrun_account_id_21200577 ON public.dossiers_exportrun USING btree (account_id);



CREATE INDEX dossiers_feedue_dossier_id_009f52cd ON public.dossiers_feedue USING btree (dossier_id);



CREATE INDEX dossiers_finding_dossier_id_fbb99c10 ON public.dossiers_finding USING btree (dossier_id);



CREATE INDEX dossiers_internalnote_by_id_87f840ce ON public.dossiers_internalnote USING btree (by_id);



CREATE INDEX dossiers_internalnote_dossier_id_83fdb12b ON public.dossiers_internalnote USING btree (dossier_id);



CREATE INDEX dossiers_internalnote_mentions_account_id_0aaadb3c ON public.dossiers_internalnote_mentions USING btree (account_id);



CREATE INDEX dossiers_internalnote_mentions_internalnote_id_c7a577b1 ON public.dossiers_internalnote_mentions USING btree (internalnote_id);



CREATE INDEX dossiers_promise_dossier_id_7f013bc2 ON public.dossiers_promise USING btree (dossier_id);



CREATE INDEX dossiers_result_approved_by_id_79a88bc9 ON public.dossiers_result USING btree (approved_by_id);



CREATE INDEX dossiers_result_file_id_aa3afb3b ON public.dossiers_result USING btree (file_id);



CREATE INDEX dossiers_savedview_agency_id_6b2a4a31 ON public.dossiers_savedview USING btree (agency_id);



CREATE INDEX dossiers_savedview_owner_id_16d438e8 ON public.dossiers_savedview USING btree (owner_id);



CREATE INDEX dossiers_steprun_agency_id_5c37f0d4 ON public.dossiers_steprun USING btree (agency_id);



CREATE INDEX dossiers_steprun_division_id_91a6e0b2 ON public.dossiers_steprun USING btree (division_id);



CREATE INDEX dossiers_steprun_dossier_id_587900aa ON public.dossiers_steprun USING btree (dossier_id);



CREATE INDEX dossiers_steprun_holder_id_6af4cbf2 ON public.dossiers_steprun USING btree (holder_id);



CREATE INDEX dossiers_supplementrequest_dossier_id_9e3c5dda ON public.dossiers_supplementrequest USING btree (dossier_id);



CREATE INDEX dossiers_timelineentry_dossier_id_a2626a47 ON public.dossiers_timelineentry USING btree (dossier_id);



CREATE INDEX dossiers_timermark_dossier_id_5e6fc6ea ON public.dossiers_timermark USING btree (dossier_id);



CREATE INDEX eforms_eformversion_form_key_c3bd3759 ON public.eforms_eformversion USING btree (form_key);



CREATE INDEX eforms_eformversion_form_key_c3bd3759_like ON public.eforms_eformversion USING btree (form_key varchar_pattern_ops);



CREATE INDEX export_waiting ON public.dossiers_exportrun USING btree (asked_at) WHERE (finished_at IS NULL);



CREATE INDEX feedback_case_number_11e14848_like ON public.feedback_case USING btree (number varchar_pattern_ops);



CREATE INDEX feedback_caseentry_case_id_1cf98b3b ON public.feedback_caseentry USING btree (case_id);



CREATE INDEX feedback_casefile_case_id_ac69fcf9 ON public.feedback_casefile USING btree (case_id);



CREATE INDEX feedback_casereporter_account_id_8ab2925f ON public.feedback_casereporter USING btree (account_id);



CREATE INDEX files_store_owner_a51d01_idx ON public.files_storedfile USING btree (owner);



CREATE INDEX files_storedfile_storage_key_43c93217_like ON public.files_storedfile USING btree (storage_key varchar_pattern_ops);



CREATE INDEX files_vaultpaper_file_id_0c926dc4 ON public.files_vaultpaper USING btree (file_id);



CREATE INDEX files_vaultreading_paper_id_e5bfd8a4 ON public.files_vaultreading USING btree (paper_id);



CREATE INDEX hand_overs_of_account ON public.procedures_handover USING btree (account_id, created_at DESC);



CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));



CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);



CREATE INDEX list_of_counter ON public.parcels_handoverlist USING btree (counter_id, state);



CREATE INDEX list_of_unit ON public.parcels_handoverlist USING btree (unit_id, state);



CREATE INDEX message_inbox ON public.notifications_message USING btree (recipient_account_id, created_at DESC) WHERE ((channel)::text = 'portal'::text);



CREATE INDEX message_of_ref ON public.notifications_message USING btree (subject_ref) WHERE (NOT ((subject_ref)::text = ''::text));



CREATE INDEX message_to_confirm ON public.notifications_message USING btree (next_attempt_at) WHERE (((channel)::text = 'sms'::text) AND ((state)::text = 'sent'::text));



CREATE INDEX message_to_send ON public.notifications_message USING btree (next_attempt_at) WHERE ((state)::text = ANY ((ARRAY['pending'::character varying, 'failed'::character varying])::text[]));



CREATE INDEX message_undeliverable ON public.notifications_message USING btree (created_at DESC) WHERE ((state)::text = 'undeliverable'::text);



CREATE INDEX ministry_dossiers_by_code ON public.procedures_ministrydossier USING btree (code);



CREATE INDEX ministry_dossiers_of_account ON public.procedures_ministrydossier USING btree (account_id, changed_at DESC);



CREATE UNIQUE INDEX one_called_ticket_per_officer ON public.reception_ticket USING btree (called_by_id, counter_id) WHERE ((standing)::text = 'called'::text);



CREATE UNIQUE INDEX one_live_parcel_per_dossier_and_way ON public.parcels_parcel USING btree (ref, way) WHERE ((state)::text = ANY ((ARRAY['handed_over'::character varying, 'in_transit'::character varying, 'ready'::character varying])::text[]));



CREATE UNIQUE INDEX one_ministry_service_a_procedure ON public.procedures_ministryservice USING btree (procedure_id) WHERE (until IS NULL);



CREATE UNIQUE INDEX one_open_consent ON public.accounts_consent USING btree (account_id, purpose) WHERE (withdrawn_at IS NULL);



CREATE UNIQUE INDEX one_open_hold ON public.archive_hold USING btree (package_id) WHERE (lifted_at IS NULL);



CREATE UNIQUE INDEX one_open_offering ON public.procedures_offering USING btree (procedure_id, agency_id) WHERE (until IS NULL);



CREATE UNIQUE INDEX one_open_opinion_per_unit ON public.dossiers_consultation USING btree (dossier_id, agency_id, division_id) NULLS NOT DISTINCT WHERE (answered_at IS NULL);



CREATE UNIQUE INDEX one_open_revision_per_procedure ON public.procedures_procedurerevision USING btree (procedure_id) WHERE (until IS NULL);



CREATE UNIQUE INDEX one_open_service_proposal ON public.procedures_serviceproposal USING btree (agency_id, procedure_id) WHERE ((state)::text = 'open'::text);



CREATE UNIQUE INDEX one_open_step ON public.dossiers_steprun USING btree (dossier_id) WHERE (finished_at IS NULL);



CREATE UNIQUE INDEX one_open_supplement ON public.dossiers_supplementrequest USING btree (dossier_id) WHERE (answered_at IS NULL);



CREATE UNIQUE INDEX one_open_supply ON public.procedures_informationsupply USING btree (revision_id, agency_id, part) WHERE (settled_at IS NULL);



CREATE INDEX opinion_open ON public.dossiers_consultation USING btree (agency_id, division_id, due_at) WHERE (answered_at IS NULL);



CREATE INDEX package_checked ON public.archive_package USING btree (checked_at) WHERE (destroyed_at IS NULL);



CREATE INDEX package_faulty ON public.archive_package USING btree (agency_id, id) WHERE (NOT ((fault)::text = ''::text));



CREATE INDEX package_of_agency ON public.archive_package USING btree (agency_id, destroyed_at, closed_at, id);



CREATE UNIQUE INDEX package_on_one_open_list ON public.archive_destructionline USING btree (package_id) WHERE is_pending;



CREATE INDEX package_procedure ON public.archive_package USING btree (agency_id, procedure_code, closed_at, id);



CREATE INDEX package_term ON public.archive_package USING btree (agency_id, ends_on, id) WHERE ((destroyed_at IS NULL) AND (ends_on IS NOT NULL));



CREATE UNIQUE INDEX paper_number_once ON public.papers_issuedpaper USING btree (agency_code, kind, year, number) WHERE (NOT ((number)::text = ''::text));



CREATE INDEX paper_of_subject ON public.papers_issuedpaper USING btree (subject, kind);



CREATE INDEX papers_issuedpaper_replaced_by_id_a9dde46e ON public.papers_issuedpaper USING btree (replaced_by_id);



CREATE INDEX papers_issuedpaper_token_0d529dc8_like ON public.papers_issuedpaper USING btree (token varchar_pattern_ops);



CREATE INDEX parcel_of_counter ON public.parcels_parcel USING btree (counter_id, state, due_at);



CREATE INDEX parcel_of_dossier ON public.parcels_parcel USING btree (ref);



CREATE INDEX parcel_of_label ON public.parcels_parcel USING btree (label_number) WHERE (NOT ((label_number)::text = ''::text));



CREATE INDEX parcel_of_unit ON public.parcels_parcel USING btree (unit_id, state, due_at);



CREATE UNIQUE INDEX parcel_on_one_open_list ON public.parcels_listline USING btree (parcel_id) WHERE is_pending;



CREATE INDEX parcel_to_ship ON public.parcels_parcel USING btree (ship_after) WHERE (ship_after IS NOT NULL);



CREATE INDEX parcels_compensation_case_id_ab21e405 ON public.parcels_compensation USING btree (case_id);



CREATE INDEX parcels_handoverlist_agency_id_757f3259 ON public.parcels_handoverlist USING btree (agency_id);



CREATE INDEX parcels_handoverlist_counter_id_4102f824 ON public.parcels_handoverlist USING btree (counter_id);



CREATE INDEX parcels_handoverlist_number_f5e9cf4f_like ON public.parcels_handoverlist USING btree (number varchar_pattern_ops);



CREATE INDEX parcels_handoverlist_unit_id_461603d5 ON public.parcels_handoverlist USING btree (unit_id);



CREATE INDEX parcels_listline_list_id_690009f9 ON public.parcels_listline USING btree (list_id);



CREATE INDEX parcels_listline_parcel_id_a38a26f4 ON public.parcels_listline USING btree (parcel_id);



CREATE INDEX parcels_lostcase_opened_by_id_3bb97baf ON public.parcels_lostcase USING btree (opened_by_id);



CREATE INDEX parcels_parcel_agency_id_7f85d0fa ON public.parcels_parcel USING btree (agency_id);



CREATE INDEX parcels_parcel_number_97b7e120_like ON public.parcels_parcel USING btree (number varchar_pattern_ops);



CREATE INDEX parcels_parcel_photo_id_e8f0ca8b ON public.parcels_parcel USING btree (photo_id);



CREATE INDEX parcels_parcelevent_parcel_id_e795cab7 ON public.parcels_parcelevent USING btree (parcel_id);



CREATE INDEX parcels_service_unit_id_48ec43af ON public.parcels_service USING btree (unit_id);



CREATE UNIQUE INDEX planned_reorganisation_once ON public.agencies_plannedreorganisation USING btree (day, basis) WHERE (dropped_at IS NULL);



CREATE INDEX policy_calendarchange_agency_id_28938176 ON public.policy_calendarchange USING btree (agency_id);



CREATE INDEX policy_calendarchange_proposed_by_id_dc4f0504 ON public.policy_calendarchange USING btree (proposed_by_id);



CREATE INDEX policy_clause_agency_id_31dde19b ON public.policy_clause USING btree (agency_id);



CREATE INDEX policy_officehours_agency_id_17c175a3 ON public.policy_officehours USING btree (agency_id);



CREATE INDEX policy_outage_agency_id_eec30449 ON public.policy_outage USING btree (agency_id);



CREATE INDEX policy_outage_recorded_by_id_28dd81e4 ON public.policy_outage USING btree (recorded_by_id);



CREATE INDEX procedures__sector__60b2e3_idx ON public.procedures_procedurerevision USING btree (sector_id);



CREATE INDEX procedures__since_d52019_idx ON public.procedures_procedurerevision USING btree (since, until);



CREATE INDEX procedures_defect_revision_id_148a34bc ON public.procedures_defect USING btree (revision_id);



CREATE INDEX procedures_handover_account_id_b6a012ac ON public.procedures_handover USING btree (account_id);



CREATE INDEX procedures_handover_service_id_570e4522 ON public.procedures_handover USING btree (service_id);



CREATE INDEX procedures_informationcheck_agency_id_720680e7 ON public.procedures_informationcheck USING btree (agency_id);



CREATE INDEX procedures_informationcheck_checked_by_id_485b238d ON public.procedures_informationcheck USING btree (checked_by_id);



CREATE INDEX procedures_informationcheck_revision_id_66253086 ON public.procedures_informationcheck USING btree (revision_id);



CREATE INDEX procedures_informationreminder_agency_id_66e998f3 ON public.procedures_informationreminder USING btree (agency_id);



CREATE INDEX procedures_informationsupply_agency_id_1790c378 ON public.procedures_informationsupply USING btree (agency_id);



CREATE INDEX procedures_informationsupply_procedure_id_7053f924 ON public.procedures_informationsupply USING btree (procedure_id);



CREATE INDEX procedures_informationsupply_revision_id_cc4ffb5e ON public.procedures_informationsupply USING btree (revision_id);



CREATE INDEX procedures_informationsupply_supplied_by_id_ce6b3c94 ON public.procedures_informationsupply USING btree (supplied_by_id);



CREATE INDEX procedures_lifeevent_key_e9d75786_like ON public.procedures_lifeevent USING btree (key varchar_pattern_ops);



CREATE INDEX procedures_lifeevent_procedures_lifeevent_id_b52f03dc ON public.procedures_lifeevent_procedures USING btree (lifeevent_id);



CREATE INDEX procedures_lifeevent_procedures_procedure_id_1d56da54 ON public.procedures_lifeevent_procedures USING btree (procedure_id);



CREATE INDEX procedures_method_revision_id_67b20315 ON public.procedures_method USING btree (revision_id);



CREATE INDEX procedures_ministrydossier_account_id_f89867d4 ON public.procedures_ministrydossier USING btree (account_id);



CREATE INDEX procedures_ministrydossier_system_id_09dff9f1 ON public.procedures_ministrydossier USING btree (system_id);



CREATE INDEX procedures_ministryreport_dossier_id_8e705f36 ON public.procedures_ministryreport USING btree (dossier_id);



CREATE INDEX procedures_ministryreport_system_id_0ab9ba43 ON public.procedures_ministryreport USING btree (system_id);



CREATE INDEX procedures_ministryservice_procedure_id_54c7a43a ON public.procedures_ministryservice USING btree (procedure_id);



CREATE INDEX procedures_ministryservice_system_id_2e05e511 ON public.procedures_ministryservice USING btree (system_id);



CREATE INDEX procedures_ministrysystem_key_fc6f1e9b_like ON public.procedures_ministrysystem USING btree (key varchar_pattern_ops);



CREATE INDEX procedures_offering_agency_id_dd5f59a8 ON public.procedures_offering USING btree (agency_id);



CREATE INDEX procedures_offering_counter_id_ba811bde ON public.procedures_offering USING btree (counter_id);



CREATE INDEX procedures_offering_procedure_id_30e10f14 ON public.procedures_offering USING btree (procedure_id);



CREATE INDEX procedures_procedure_code_e4d5567f_like ON public.procedures_procedure USING btree (code varchar_pattern_ops);



CREATE INDEX procedures_procedurerevision_eform_id_d696d096 ON public.procedures_procedurerevision USING btree (eform_id);



CREATE INDEX procedures_procedurerevision_procedure_id_933c56ab ON public.procedures_procedurerevision USING btree (procedure_id);



CREATE INDEX procedures_procedurerevision_sector_id_1324f29f ON public.procedures_procedurerevision USING btree (sector_id);



CREATE INDEX procedures_requirement_key_1eb8211c ON public.procedures_requirement USING btree (key);



CREATE INDEX procedures_requirement_key_1eb8211c_like ON public.procedures_requirement USING btree (key varchar_pattern_ops);



CREATE INDEX procedures_requirement_revision_id_36166054 ON public.procedures_requirement USING btree (revision_id);



CREATE INDEX procedures_sector_code_1127891a_like ON public.procedures_sector USING btree (code varchar_pattern_ops);



CREATE INDEX procedures_serviceproposal_agency_id_19d540e7 ON public.procedures_serviceproposal USING btree (agency_id);



CREATE INDEX procedures_serviceproposal_counter_id_efb26533 ON public.procedures_serviceproposal USING btree (counter_id);



CREATE INDEX procedures_serviceproposal_decided_by_id_74c59eca ON public.procedures_serviceproposal USING btree (decided_by_id);



CREATE INDEX procedures_serviceproposal_procedure_id_576d0fd9 ON public.procedures_serviceproposal USING btree (procedure_id);



CREATE INDEX procedures_serviceproposal_proposed_by_id_48fb0c00 ON public.procedures_serviceproposal USING btree (proposed_by_id);



CREATE INDEX procedures_withheldrecord_procedure_id_9ebb85c0 ON public.procedures_withheldrecord USING btree (procedure_id);



CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);



CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));



CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);



CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);



CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);



CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);



CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);



CREATE INDEX proposals_by_state ON public.procedures_serviceproposal USING btree (state, proposed_at DESC);



CREATE INDEX proposals_of_agency ON public.procedures_serviceproposal USING btree (agency_id, proposed_at DESC);



CREATE INDEX rating_by_time ON public.feedback_rating USING btree (at DESC);



CREATE INDEX rating_of_page ON public.feedback_rating USING btree (page, at DESC);



CREATE INDEX reception_duty_account_id_f38c61de ON public.reception_duty USING btree (account_id);



CREATE INDEX reception_duty_counter_id_236ace8b ON public.reception_duty USING btree (counter_id);



CREATE INDEX reception_registerbook_counter_id_32ba97a6 ON public.reception_registerbook USING btree (counter_id);



CREATE INDEX reception_registerentry_subject_154b615f_like ON public.reception_registerentry USING btree (subject varchar_pattern_ops);



CREATE INDEX reception_servicegroup_counter_id_79947707 ON public.reception_servicegroup USING btree (counter_id);



CREATE INDEX reception_ticket_called_by_id_d956e650 ON public.reception_ticket USING btree (called_by_id);



CREATE INDEX reception_ticket_counter_id_83aebfa7 ON public.reception_ticket USING btree (counter_id);



CREATE INDEX reception_ticket_group_id_60f1f6a1 ON public.reception_ticket USING btree (group_id);



CREATE INDEX reception_ticketseries_group_id_be017db6 ON public.reception_ticketseries USING btree (group_id);



CREATE INDEX register_by_day ON public.reception_registerentry USING btree (counter_id, entered_at, id);



CREATE INDEX reminders_of_agency ON public.procedures_informationreminder USING btree (agency_id, sent_at DESC);



CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);



CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);



CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);



CREATE INDEX stand_in_of_account ON public.agencies_standin USING btree (account_id, until);



CREATE INDEX stored_file_waiting ON public.files_storedfile USING btree (uploaded_at) WHERE ((state)::text = 'quarantined'::text);



CREATE INDEX supplies_of_agency ON public.procedures_informationsupply USING btree (agency_id, supplied_at DESC);



CREATE INDEX ticket_queue ON public.reception_ticket USING btree (counter_id, day, standing, taken_at, id);



CREATE INDEX ticket_screen ON public.reception_ticket USING btree (counter_id, day, shown_at DESC);



CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";



CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;



CREATE INDEX vault_of_owner ON public.files_vaultpaper USING btree (owner_id, handed_at DESC);



CREATE INDEX vault_readings_of_owner ON public.files_vaultreading USING btree (owner_id, at DESC);



CREATE TRIGGER audit_anchor_append_only BEFORE DELETE OR UPDATE ON public.audit_anchor FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER audit_anchor_no_truncate BEFORE TRUNCATE ON public.audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.agencies_agency FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.agencies_onestopcounter FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_defect FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_lifeevent FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_lifeevent_procedures FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_method FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_ministryservice FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_ministrysystem FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_offering FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_procedure FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_procedurerevision FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_requirement FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER catalogue_version_rises AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.procedures_sector FOR EACH STATEMENT EXECUTE FUNCTION public.procedures_version_rises();



CREATE TRIGGER eforms_eformversion_stays BEFORE DELETE OR UPDATE ON public.eforms_eformversion FOR EACH ROW EXECUTE FUNCTION public.eforms_published_stays();



CREATE TRIGGER feedback_case_kept BEFORE DELETE OR UPDATE ON public.feedback_case FOR EACH ROW EXECUTE FUNCTION public.feedback_case_kept();



CREATE TRIGGER feedback_case_no_truncate BEFORE TRUNCATE ON public.feedback_case FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_caseentry_append_only BEFORE DELETE OR UPDATE ON public.feedback_caseentry FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_caseentry_no_truncate BEFORE TRUNCATE ON public.feedback_caseentry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_casefile_append_only BEFORE DELETE OR UPDATE ON public.feedback_casefile FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_casefile_no_truncate BEFORE TRUNCATE ON public.feedback_casefile FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_casereporter_append_only BEFORE DELETE OR UPDATE ON public.feedback_casereporter FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER feedback_casereporter_no_truncate BEFORE TRUNCATE ON public.feedback_casereporter FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();



CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();



CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();



CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();



CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();



CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();



CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();



CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();



ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_account_id FOREIGN KEY (user_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_account_id_c5e627d6_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.accounts_code
    ADD CONSTRAINT accounts_code_account_id_4bb440de_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.accounts_consent
    ADD CONSTRAINT accounts_consent_account_id_80eeeb4e_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.accounts_keptanswer
    ADD CONSTRAINT accounts_keptanswer_account_id_f7b5f154_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_agency
    ADD CONSTRAINT agencies_agency_parent_id_2087cd0c_fk_agencies_agency_id FOREIGN KEY (parent_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_agency_successors
    ADD CONSTRAINT agencies_agency_succ_from_agency_id_f7aead81_fk_agencies_ FOREIGN KEY (from_agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_agency_successors
    ADD CONSTRAINT agencies_agency_succ_to_agency_id_a98a33d3_fk_agencies_ FOREIGN KEY (to_agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_division
    ADD CONSTRAINT agencies_division_agency_id_6ec8ad72_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_formername
    ADD CONSTRAINT agencies_formername_agency_id_9382db47_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_onestopcounter_serves
    ADD CONSTRAINT agencies_onestopcoun_agency_id_a57767ca_fk_agencies_ FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_onestopcounter_serves
    ADD CONSTRAINT agencies_onestopcoun_onestopcounter_id_91ccfcb2_fk_agencies_ FOREIGN KEY (onestopcounter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_onestopcounter
    ADD CONSTRAINT agencies_onestopcounter_host_id_e60db1ab_fk_agencies_agency_id FOREIGN KEY (host_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_plannedreorganisation
    ADD CONSTRAINT agencies_plannedreor_confirmed_by_id_c977e971_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_plannedreorganisation
    ADD CONSTRAINT agencies_plannedreor_done_id_76af82f5_fk_agencies_ FOREIGN KEY (done_id) REFERENCES public.agencies_reorganisation(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_plannedreorganisation
    ADD CONSTRAINT agencies_plannedreor_proposed_by_id_342c0b93_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_postheld
    ADD CONSTRAINT agencies_postheld_account_id_92448766_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_postheld
    ADD CONSTRAINT agencies_postheld_agency_id_7e6d2aeb_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_postheld
    ADD CONSTRAINT agencies_postheld_counter_id_2eb66dbd_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_postheld
    ADD CONSTRAINT agencies_postheld_division_id_eab5d092_fk_agencies_division_id FOREIGN KEY (division_id) REFERENCES public.agencies_division(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_standin
    ADD CONSTRAINT agencies_standin_account_id_fbf8d3f2_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.agencies_standin
    ADD CONSTRAINT agencies_standin_post_id_d1992e69_fk_agencies_postheld_id FOREIGN KEY (post_id) REFERENCES public.agencies_postheld(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.api_idempotencykey
    ADD CONSTRAINT api_idempotencykey_account_id_003ff6b5_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_destruction
    ADD CONSTRAINT archive_destruction_agency_id_46b95832_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_destruction
    ADD CONSTRAINT archive_destruction_decided_by_id_ef5da9c2_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_destruction
    ADD CONSTRAINT archive_destruction_proposed_by_id_435f2cc0_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_destructionline
    ADD CONSTRAINT archive_destructionl_destruction_id_bf1dbdf9_fk_archive_d FOREIGN KEY (destruction_id) REFERENCES public.archive_destruction(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_destructionline
    ADD CONSTRAINT archive_destructionl_package_id_0277d203_fk_archive_p FOREIGN KEY (package_id) REFERENCES public.archive_package(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_hindrance
    ADD CONSTRAINT archive_hindrance_dossier_id_8a53ee80_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_hold
    ADD CONSTRAINT archive_hold_package_id_ea4fe9ea_fk_archive_package_id FOREIGN KEY (package_id) REFERENCES public.archive_package(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_agency_id_90195ee6_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.archive_package
    ADD CONSTRAINT archive_package_dossier_id_867f8303_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_alarm
    ADD CONSTRAINT dossiers_alarm_dossier_id_b426debd_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_apology
    ADD CONSTRAINT dossiers_apology_dossier_id_a315ad66_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_bulkitem
    ADD CONSTRAINT dossiers_bulkitem_run_id_529ed2c8_fk_dossiers_bulkrun_id FOREIGN KEY (run_id) REFERENCES public.dossiers_bulkrun(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_bulkrun
    ADD CONSTRAINT dossiers_bulkrun_account_id_281b20c0_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_bulkrun
    ADD CONSTRAINT dossiers_bulkrun_undoes_id_608c2d06_fk_dossiers_bulkrun_id FOREIGN KEY (undoes_id) REFERENCES public.dossiers_bulkrun(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultatio_asked_by_id_44cdb406_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultatio_division_id_4e6e0530_fk_agencies_ FOREIGN KEY (division_id) REFERENCES public.agencies_division(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultatio_dossier_id_1c8e3dd1_fk_dossiers_ FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultation_agency_id_26374892_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_consultation
    ADD CONSTRAINT dossiers_consultation_run_id_2248688d_fk_dossiers_steprun_id FOREIGN KEY (run_id) REFERENCES public.dossiers_steprun(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_crosscheck
    ADD CONSTRAINT dossiers_crosscheck_asked_by_id_2ea2014f_fk_accounts_account_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_crosscheck
    ADD CONSTRAINT dossiers_crosscheck_dossier_id_f05f0a70_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_agency_id_966dcf7a_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_applicant_id_3ba18564_fk_accounts_account_id FOREIGN KEY (applicant_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_counter_id_e274ed94_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_created_by_id_7312926e_fk_accounts_account_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_holder_id_2e7a398d_fk_accounts_account_id FOREIGN KEY (holder_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_parent_id_785649f5_fk_dossiers_dossier_id FOREIGN KEY (parent_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_revision_id_86580ee9_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_step_division_id_b9a864c9_fk_agencies_ FOREIGN KEY (step_division_id) REFERENCES public.agencies_division(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_taken_in_by_id_81b9f13e_fk_agencies_agency_id FOREIGN KEY (taken_in_by_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_dossier
    ADD CONSTRAINT dossiers_dossier_transferred_from_id_1d0c1fcc_fk_agencies_ FOREIGN KEY (transferred_from_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_enclosure
    ADD CONSTRAINT dossiers_enclosure_dossier_id_7edd846d_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_enclosure
    ADD CONSTRAINT dossiers_enclosure_file_id_c5aa5eb6_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_exportrun
    ADD CONSTRAINT dossiers_exportrun_account_id_21200577_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_feedue
    ADD CONSTRAINT dossiers_feedue_dossier_id_009f52cd_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_finding
    ADD CONSTRAINT dossiers_finding_dossier_id_fbb99c10_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_handover
    ADD CONSTRAINT dossiers_handover_dossier_id_b0ea5f86_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_internalnote_mentions
    ADD CONSTRAINT dossiers_internalnot_account_id_0aaadb3c_fk_accounts_ FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_internalnote
    ADD CONSTRAINT dossiers_internalnot_dossier_id_83fdb12b_fk_dossiers_ FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_internalnote_mentions
    ADD CONSTRAINT dossiers_internalnot_internalnote_id_c7a577b1_fk_dossiers_ FOREIGN KEY (internalnote_id) REFERENCES public.dossiers_internalnote(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_internalnote
    ADD CONSTRAINT dossiers_internalnote_by_id_87f840ce_fk_accounts_account_id FOREIGN KEY (by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_promise
    ADD CONSTRAINT dossiers_promise_dossier_id_7f013bc2_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_result
    ADD CONSTRAINT dossiers_result_approved_by_id_79a88bc9_fk_accounts_account_id FOREIGN KEY (approved_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_result
    ADD CONSTRAINT dossiers_result_dossier_id_36719d98_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_result
    ADD CONSTRAINT dossiers_result_file_id_aa3afb3b_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_savedview
    ADD CONSTRAINT dossiers_savedview_agency_id_6b2a4a31_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_savedview
    ADD CONSTRAINT dossiers_savedview_owner_id_16d438e8_fk_accounts_account_id FOREIGN KEY (owner_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_agency_id_5c37f0d4_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_division_id_91a6e0b2_fk_agencies_division_id FOREIGN KEY (division_id) REFERENCES public.agencies_division(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_dossier_id_587900aa_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_given_by_id_d35edc04_fk_accounts_account_id FOREIGN KEY (given_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_steprun
    ADD CONSTRAINT dossiers_steprun_holder_id_6af4cbf2_fk_accounts_account_id FOREIGN KEY (holder_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_supplementrequest
    ADD CONSTRAINT dossiers_supplementr_dossier_id_9e3c5dda_fk_dossiers_ FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_timelineentry
    ADD CONSTRAINT dossiers_timelineent_dossier_id_a2626a47_fk_dossiers_ FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.dossiers_timermark
    ADD CONSTRAINT dossiers_timermark_dossier_id_5e6fc6ea_fk_dossiers_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.dossiers_dossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_agency_id_da8d52cf_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_case
    ADD CONSTRAINT feedback_case_handler_id_860da4be_fk_accounts_account_id FOREIGN KEY (handler_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_caseentry
    ADD CONSTRAINT feedback_caseentry_case_id_1cf98b3b_fk_feedback_case_id FOREIGN KEY (case_id) REFERENCES public.feedback_case(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_casefile
    ADD CONSTRAINT feedback_casefile_case_id_ac69fcf9_fk_feedback_case_id FOREIGN KEY (case_id) REFERENCES public.feedback_case(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_casefile
    ADD CONSTRAINT feedback_casefile_file_id_0bd73ebd_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_casereporter
    ADD CONSTRAINT feedback_casereporte_account_id_8ab2925f_fk_accounts_ FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.feedback_casereporter
    ADD CONSTRAINT feedback_casereporter_case_id_394a09dc_fk_feedback_case_id FOREIGN KEY (case_id) REFERENCES public.feedback_case(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.files_vaultpaper
    ADD CONSTRAINT files_vaultpaper_file_id_0c926dc4_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.files_vaultreading
    ADD CONSTRAINT files_vaultreading_paper_id_e5bfd8a4_fk_files_vaultpaper_id FOREIGN KEY (paper_id) REFERENCES public.files_vaultpaper(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_messag_recipient_account_id_111dba29_fk_accounts_ FOREIGN KEY (recipient_account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.papers_issuedpaper
    ADD CONSTRAINT papers_issuedpaper_replaced_by_id_a9dde46e_fk_papers_is FOREIGN KEY (replaced_by_id) REFERENCES public.papers_issuedpaper(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_compensation
    ADD CONSTRAINT parcels_compensation_case_id_ab21e405_fk_parcels_lostcase_id FOREIGN KEY (case_id) REFERENCES public.parcels_lostcase(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_handoverlist
    ADD CONSTRAINT parcels_handoverlist_agency_id_757f3259_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_handoverlist
    ADD CONSTRAINT parcels_handoverlist_counter_id_4102f824_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_handoverlist
    ADD CONSTRAINT parcels_handoverlist_unit_id_461603d5_fk_agencies_agency_id FOREIGN KEY (unit_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_listline
    ADD CONSTRAINT parcels_listline_list_id_690009f9_fk_parcels_handoverlist_id FOREIGN KEY (list_id) REFERENCES public.parcels_handoverlist(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_listline
    ADD CONSTRAINT parcels_listline_parcel_id_a38a26f4_fk_parcels_parcel_id FOREIGN KEY (parcel_id) REFERENCES public.parcels_parcel(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_lostcase
    ADD CONSTRAINT parcels_lostcase_opened_by_id_3bb97baf_fk_accounts_account_id FOREIGN KEY (opened_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_lostcase
    ADD CONSTRAINT parcels_lostcase_parcel_id_a09f740d_fk_parcels_parcel_id FOREIGN KEY (parcel_id) REFERENCES public.parcels_parcel(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_agency_id_7f85d0fa_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_counter_id_cb9f8b7e_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_photo_id_e8f0ca8b_fk_files_storedfile_id FOREIGN KEY (photo_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_parcel
    ADD CONSTRAINT parcels_parcel_unit_id_bc41d189_fk_agencies_agency_id FOREIGN KEY (unit_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_parcelevent
    ADD CONSTRAINT parcels_parcelevent_parcel_id_e795cab7_fk_parcels_parcel_id FOREIGN KEY (parcel_id) REFERENCES public.parcels_parcel(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_service
    ADD CONSTRAINT parcels_service_counter_id_95c838b4_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.parcels_service
    ADD CONSTRAINT parcels_service_unit_id_48ec43af_fk_agencies_agency_id FOREIGN KEY (unit_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_calendarchange
    ADD CONSTRAINT policy_calendarchang_proposed_by_id_dc4f0504_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_calendarchange
    ADD CONSTRAINT policy_calendarchange_agency_id_28938176_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_clause
    ADD CONSTRAINT policy_clause_agency_id_31dde19b_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_officehours
    ADD CONSTRAINT policy_officehours_agency_id_17c175a3_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_outage
    ADD CONSTRAINT policy_outage_agency_id_eec30449_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.policy_outage
    ADD CONSTRAINT policy_outage_recorded_by_id_28dd81e4_fk_accounts_account_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_defect
    ADD CONSTRAINT procedures_defect_revision_id_148a34bc_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_handover
    ADD CONSTRAINT procedures_handover_account_id_b6a012ac_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_handover
    ADD CONSTRAINT procedures_handover_service_id_570e4522_fk_procedure FOREIGN KEY (service_id) REFERENCES public.procedures_ministryservice(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationsupply
    ADD CONSTRAINT procedures_informati_agency_id_1790c378_fk_agencies_ FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationreminder
    ADD CONSTRAINT procedures_informati_agency_id_66e998f3_fk_agencies_ FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationcheck
    ADD CONSTRAINT procedures_informati_agency_id_720680e7_fk_agencies_ FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationcheck
    ADD CONSTRAINT procedures_informati_checked_by_id_485b238d_fk_accounts_ FOREIGN KEY (checked_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationsupply
    ADD CONSTRAINT procedures_informati_procedure_id_7053f924_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationcheck
    ADD CONSTRAINT procedures_informati_revision_id_66253086_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationsupply
    ADD CONSTRAINT procedures_informati_revision_id_cc4ffb5e_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_informationsupply
    ADD CONSTRAINT procedures_informati_supplied_by_id_ce6b3c94_fk_accounts_ FOREIGN KEY (supplied_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_lifeevent_procedures
    ADD CONSTRAINT procedures_lifeevent_lifeevent_id_b52f03dc_fk_procedure FOREIGN KEY (lifeevent_id) REFERENCES public.procedures_lifeevent(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_lifeevent_procedures
    ADD CONSTRAINT procedures_lifeevent_procedure_id_1d56da54_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_method
    ADD CONSTRAINT procedures_method_revision_id_67b20315_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT procedures_ministryd_account_id_f89867d4_fk_accounts_ FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT procedures_ministryd_hand_over_id_9991784e_fk_procedure FOREIGN KEY (hand_over_id) REFERENCES public.procedures_handover(key) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministrydossier
    ADD CONSTRAINT procedures_ministryd_system_id_09dff9f1_fk_procedure FOREIGN KEY (system_id) REFERENCES public.procedures_ministrysystem(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministryreport
    ADD CONSTRAINT procedures_ministryr_dossier_id_8e705f36_fk_procedure FOREIGN KEY (dossier_id) REFERENCES public.procedures_ministrydossier(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministryreport
    ADD CONSTRAINT procedures_ministryr_system_id_0ab9ba43_fk_procedure FOREIGN KEY (system_id) REFERENCES public.procedures_ministrysystem(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministryservice
    ADD CONSTRAINT procedures_ministrys_procedure_id_54c7a43a_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_ministryservice
    ADD CONSTRAINT procedures_ministrys_system_id_2e05e511_fk_procedure FOREIGN KEY (system_id) REFERENCES public.procedures_ministrysystem(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_offering
    ADD CONSTRAINT procedures_offering_agency_id_dd5f59a8_fk_agencies_agency_id FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_offering
    ADD CONSTRAINT procedures_offering_counter_id_ba811bde_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_offering
    ADD CONSTRAINT procedures_offering_procedure_id_30e10f14_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_procedurerevision
    ADD CONSTRAINT procedures_procedure_eform_id_d696d096_fk_eforms_ef FOREIGN KEY (eform_id) REFERENCES public.eforms_eformversion(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_procedurerevision
    ADD CONSTRAINT procedures_procedure_procedure_id_933c56ab_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_procedurerevision
    ADD CONSTRAINT procedures_procedure_sector_id_1324f29f_fk_procedure FOREIGN KEY (sector_id) REFERENCES public.procedures_sector(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_requirement
    ADD CONSTRAINT procedures_requireme_revision_id_36166054_fk_procedure FOREIGN KEY (revision_id) REFERENCES public.procedures_procedurerevision(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_servicepr_agency_id_19d540e7_fk_agencies_ FOREIGN KEY (agency_id) REFERENCES public.agencies_agency(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_servicepr_counter_id_efb26533_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_servicepr_decided_by_id_74c59eca_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_servicepr_procedure_id_576d0fd9_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_serviceproposal
    ADD CONSTRAINT procedures_servicepr_proposed_by_id_48fb0c00_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procedures_withheldrecord
    ADD CONSTRAINT procedures_withheldr_procedure_id_9ebb85c0_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);



ALTER TABLE ONLY public.reception_duty
    ADD CONSTRAINT reception_duty_account_id_f38c61de_fk_accounts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_duty
    ADD CONSTRAINT reception_duty_counter_id_236ace8b_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_registerbook
    ADD CONSTRAINT reception_registerbo_counter_id_32ba97a6_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_registerentry
    ADD CONSTRAINT reception_registeren_counter_id_1359cc07_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_servicegroup
    ADD CONSTRAINT reception_servicegro_counter_id_79947707_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT reception_ticket_called_by_id_d956e650_fk_accounts_account_id FOREIGN KEY (called_by_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT reception_ticket_counter_id_83aebfa7_fk_agencies_ FOREIGN KEY (counter_id) REFERENCES public.agencies_onestopcounter(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_ticket
    ADD CONSTRAINT reception_ticket_group_id_60f1f6a1_fk_reception_servicegroup_id FOREIGN KEY (group_id) REFERENCES public.reception_servicegroup(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.reception_ticketseries
    ADD CONSTRAINT reception_ticketseri_group_id_be017db6_fk_reception FOREIGN KEY (group_id) REFERENCES public.reception_servicegroup(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;



ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_account(id) DEFERRABLE INITIALLY DEFERRED;




