"""Found the tables, the ledger's head and the triggers that keep the ledger append-only.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.guards import drop_ledger_guards, guard_ledger

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
UNIT_PATH = sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql")
LATE = sa.text("supplementary IS TRUE AND decided_at IS NULL")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('counter',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counter'))
    )
    op.create_table('feed',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('object_id', sa.String(length=36), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_feed'))
    )
    op.create_index('ix_feed_person_id_seq', 'feed', ['person_id', 'seq'], unique=False)
    op.create_table('ledger_checkpoint',
    sa.Column('size', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('root', sa.LargeBinary(length=32), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_ledger_checkpoint'))
    )
    op.create_table('ledger_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('frontier', sa.LargeBinary(), nullable=False),
    sa.Column('feed_seq', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_ledger_head_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_head'))
    )
    op.create_table('ledger_leaf',
    sa.Column('idx', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('action', sa.String(length=48), nullable=False),
    sa.Column('actor_id', sa.String(length=36), nullable=True),
    sa.Column('task_id', sa.String(length=36), nullable=True),
    sa.Column('object_id', sa.String(length=36), nullable=True),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('idx', name=op.f('pk_ledger_leaf'))
    )
    op.create_index('ix_ledger_leaf_action_idx', 'ledger_leaf', ['action', 'idx'], unique=False)
    op.create_index('ix_ledger_leaf_object_id_idx', 'ledger_leaf', ['object_id', 'idx'], unique=False)
    op.create_index('ix_ledger_leaf_task_id_idx', 'ledger_leaf', ['task_id', 'idx'], unique=False)
    op.create_table('ledger_node',
    sa.Column('level', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('idx', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('level', 'idx', name=op.f('pk_ledger_node'))
    )
    op.create_table('unit',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('parent_id', sa.String(length=36), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('path', UNIT_PATH, nullable=False),
    sa.Column('polygon', JSON, nullable=True),
    sa.Column('contact_phone', sa.String(length=40), nullable=False),
    sa.Column('facts', JSON, nullable=False),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('court_id', 'code', name=op.f('uq_unit_court_id_code'))
    )
    op.create_index(op.f('ix_unit_court_id'), 'unit', ['court_id'], unique=False)
    op.create_index('ix_unit_court_kind_name', 'unit', ['court_id', 'kind', 'name'], unique=False)
    op.create_index(op.f('ix_unit_parent_id'), 'unit', ['parent_id'], unique=False)
    op.create_index('ix_unit_path', 'unit', ['path'], unique=False)
    op.create_table('court_setting',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('value', JSON, nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('set_by', sa.String(length=36), nullable=True),
    sa.Column('set_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_court_setting_court_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_court_setting')),
    sa.UniqueConstraint('court_id', 'name', 'version', name=op.f('uq_court_setting_court_id_name_version'))
    )
    op.create_table('person',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('unit_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('staff_no', sa.String(length=40), nullable=False),
    sa.Column('worker_no', sa.Integer(), nullable=False),
    sa.Column('phone_sealed', sa.String(length=400), nullable=True),
    sa.Column('phone_index', sa.String(length=64), nullable=True),
    sa.Column('phone_masked', sa.String(length=20), nullable=False),
    sa.Column('employment', sa.String(length=16), nullable=False),
    sa.Column('is_committee_staff', sa.Boolean(), nullable=False),
    sa.Column('is_mediator', sa.Boolean(), nullable=False),
    sa.Column('confidentiality_signed_at', INSTANT, nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('password_changed_at', INSTANT, nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', INSTANT, nullable=True),
    sa.Column('deactivated_at', INSTANT, nullable=True),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_person_court_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_person_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('phone_index', name=op.f('uq_person_phone_index')),
    sa.UniqueConstraint('staff_no', name=op.f('uq_person_staff_no')),
    sa.UniqueConstraint('worker_no', name=op.f('uq_person_worker_no'))
    )
    op.create_index(op.f('ix_person_court_id'), 'person', ['court_id'], unique=False)
    op.create_index(op.f('ix_person_role'), 'person', ['role'], unique=False)
    op.create_index(op.f('ix_person_unit_id'), 'person', ['unit_id'], unique=False)
    op.create_table('device',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('last_seq', sa.Integer(), nullable=False),
    sa.Column('last_contact_at', INSTANT, nullable=False),
    sa.Column('skew_ms', sa.Integer(), nullable=True),
    sa.Column('facts', JSON, nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('revoked_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_device_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device'))
    )
    op.create_index(op.f('ix_device_person_id'), 'device', ['person_id'], unique=False)
    op.create_table('enforcement_case',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('department_id', sa.String(length=36), nullable=True),
    sa.Column('officer_id', sa.String(length=36), nullable=False),
    sa.Column('case_no', sa.String(length=80), nullable=False),
    sa.Column('serial', sa.BigInteger(), nullable=False),
    sa.Column('cause', sa.String(length=120), nullable=False),
    sa.Column('title_instrument', sa.String(length=120), nullable=False),
    sa.Column('claim_fen', sa.BigInteger(), nullable=True),
    sa.Column('stage', sa.String(length=24), nullable=False),
    sa.Column('livelihood', sa.Boolean(), nullable=False),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_enforcement_case_court_id')),
    sa.ForeignKeyConstraint(['department_id'], ['unit.id'], name=op.f('fk_enforcement_case_department_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_enforcement_case_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enforcement_case')),
    sa.UniqueConstraint('court_id', 'case_no', name=op.f('uq_enforcement_case_court_id_case_no'))
    )
    op.create_index('ix_case_officer_id', 'enforcement_case', ['officer_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_case_court_id_created_at', 'enforcement_case', ['court_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_case_court_id_serial', 'enforcement_case', ['court_id', 'serial'], unique=False)
    op.create_table('import_batch',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('rows_total', sa.Integer(), nullable=False),
    sa.Column('rows_good', sa.Integer(), nullable=False),
    sa.Column('rows_bad', sa.Integer(), nullable=False),
    sa.Column('duplicates', sa.Integer(), nullable=False),
    sa.Column('created_count', sa.Integer(), nullable=False),
    sa.Column('problems', JSON, nullable=False),
    sa.Column('preview', JSON, nullable=False),
    sa.Column('rows_sealed', sa.Text(), nullable=True),
    sa.Column('job_id', sa.String(length=36), nullable=True),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('committed_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_import_batch_court_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_import_batch_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    op.create_index('ix_import_batch_court_id_file_sha256', 'import_batch', ['court_id', 'file_sha256'], unique=False)
    op.create_table('job',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=True),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('args', JSON, nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_path', sa.String(length=200), nullable=False),
    sa.Column('mime', sa.String(length=80), nullable=False),
    sa.Column('problem', sa.String(length=300), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('approval', sa.String(length=12), nullable=False),
    sa.Column('approved_by', sa.String(length=36), nullable=True),
    sa.Column('approved_at', INSTANT, nullable=True),
    sa.Column('lease_until', INSTANT, nullable=True),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('finished_at', INSTANT, nullable=True),
    sa.Column('expires_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_job_court_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_job_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    op.create_index(op.f('ix_job_person_id'), 'job', ['person_id'], unique=False)
    op.create_index('ix_job_state_created_at', 'job', ['state', 'created_at'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=True),
    sa.Column('dedupe_key', sa.String(length=120), nullable=True),
    sa.Column('at', INSTANT, nullable=False),
    sa.Column('read_at', INSTANT, nullable=True),
    sa.Column('sent_out_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_message_dedupe_key'))
    )
    op.create_index('ix_message_at', 'message', ['at'], unique=False)
    op.create_index('ix_message_person_id_at', 'message', ['person_id', 'at'], unique=False)
    op.create_index(op.f('ix_message_task_id'), 'message', ['task_id'], unique=False)
    op.create_table('signed_session',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=True),
    sa.Column('device_label', sa.String(length=120), nullable=False),
    sa.Column('ip', sa.String(length=64), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('last_seen_at', INSTANT, nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.Column('revoked_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_signed_session_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signed_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_signed_session_token_hash'))
    )
    op.create_index(op.f('ix_signed_session_person_id'), 'signed_session', ['person_id'], unique=False)
    op.create_table('import_key',
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('object_id', sa.String(length=36), nullable=False),
    sa.Column('batch_id', sa.String(length=36), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_key_batch_id')),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_import_key_court_id')),
    sa.PrimaryKeyConstraint('court_id', 'fingerprint', name=op.f('pk_import_key'))
    )
    op.create_index(op.f('ix_import_key_batch_id'), 'import_key', ['batch_id'], unique=False)
    op.create_table('mutation',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('receipt_no', sa.String(length=24), nullable=True),
    sa.Column('answer', JSON, nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('received_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_mutation_device_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mutation')),
    sa.UniqueConstraint('device_id', 'seq', name=op.f('uq_mutation_device_id_seq'))
    )
    op.create_table('party',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('name_sealed', sa.String(), nullable=False),
    sa.Column('name_index', sa.String(length=64), nullable=False),
    sa.Column('name_masked', sa.String(length=80), nullable=False),
    sa.Column('id_no_sealed', sa.String(), nullable=True),
    sa.Column('id_no_index', sa.String(length=64), nullable=True),
    sa.Column('id_no_masked', sa.String(length=24), nullable=False),
    sa.Column('phone_sealed', sa.String(), nullable=True),
    sa.Column('phone_masked', sa.String(length=20), nullable=False),
    sa.Column('legal_rep_sealed', sa.String(), nullable=True),
    sa.Column('agents_sealed', sa.String(), nullable=True),
    sa.Column('minor', sa.Boolean(), nullable=False),
    sa.Column('incapacitated', sa.Boolean(), nullable=False),
    sa.Column('facts', JSON, nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['enforcement_case.id'], name=op.f('fk_party_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party'))
    )
    op.create_index(op.f('ix_party_case_id'), 'party', ['case_id'], unique=False)
    op.create_index('ix_party_id_no_index', 'party', ['id_no_index'], unique=False)
    op.create_index('ix_party_name_index', 'party', ['name_index'], unique=False)
    op.create_table('address',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('party_id', sa.String(length=36), nullable=False),
    sa.Column('text_sealed', sa.String(), nullable=False),
    sa.Column('text_masked', sa.String(length=200), nullable=False),
    sa.Column('street', sa.String(length=80), nullable=False),
    sa.Column('community', sa.String(length=80), nullable=False),
    sa.Column('source', sa.String(length=24), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('lng', sa.Double(), nullable=True),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('datum', sa.String(length=8), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_address_party_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address'))
    )
    op.create_index(op.f('ix_address_party_id'), 'address', ['party_id'], unique=False)
    op.create_table('kept_content',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('mutation_id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content_sealed', sa.String(), nullable=False),
    sa.Column('received_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['mutation_id'], ['mutation.id'], name=op.f('fk_kept_content_mutation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_content')),
    sa.UniqueConstraint('mutation_id', 'digest', name=op.f('uq_kept_content_mutation_id_digest'))
    )
    op.create_table('task',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('no', sa.String(length=24), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('court_id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('case_no', sa.String(length=80), nullable=False),
    sa.Column('addressee_id', sa.String(length=36), nullable=False),
    sa.Column('address_id', sa.String(length=36), nullable=False),
    sa.Column('mode', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('officer_id', sa.String(length=36), nullable=False),
    sa.Column('unit_id', sa.String(length=36), nullable=False),
    sa.Column('unit_path', UNIT_PATH, nullable=False),
    sa.Column('street_id', sa.String(length=36), nullable=True),
    sa.Column('cell_id', sa.String(length=36), nullable=True),
    sa.Column('worker_id', sa.String(length=36), nullable=True),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('sensitive_approved_at', INSTANT, nullable=True),
    sa.Column('sensitive_approved_by', sa.String(length=36), nullable=True),
    sa.Column('instruction', sa.String(length=500), nullable=False),
    sa.Column('notes_sealed', sa.String(), nullable=True),
    sa.Column('brief', JSON, nullable=False),
    sa.Column('flags', JSON, nullable=False),
    sa.Column('route_note', sa.String(length=120), nullable=False),
    sa.Column('suspended_at', INSTANT, nullable=True),
    sa.Column('suspended_from', sa.String(length=16), nullable=True),
    sa.Column('rules_version', sa.String(length=16), nullable=False),
    sa.Column('batch_id', sa.String(length=36), nullable=True),
    sa.Column('previous_task_id', sa.String(length=36), nullable=True),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('visit_count', sa.Integer(), nullable=False),
    sa.Column('papers_text', sa.String(length=400), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('signer_text', sa.String(length=120), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('dispatched_at', INSTANT, nullable=True),
    sa.Column('routed_at', INSTANT, nullable=True),
    sa.Column('taken_at', INSTANT, nullable=True),
    sa.Column('take_due_at', INSTANT, nullable=True),
    sa.Column('first_visit_at', INSTANT, nullable=True),
    sa.Column('first_visit_due_at', INSTANT, nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('due_at', INSTANT, nullable=True),
    sa.Column('reported_at', INSTANT, nullable=True),
    sa.Column('first_reported_at', INSTANT, nullable=True),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.Column('closed_by', sa.String(length=36), nullable=True),
    sa.Column('archived_at', INSTANT, nullable=True),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('verdict', sa.String(length=24), nullable=True),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('receipt_on', sa.Date(), nullable=True),
    sa.Column('original_received_on', sa.Date(), nullable=True),
    sa.Column('original_received_by', sa.String(length=36), nullable=True),
    sa.Column('changed_at', INSTANT, nullable=False),
    sa.Column('remind_at', INSTANT, nullable=True),
    sa.Column('reminded', JSON, nullable=False),
    sa.CheckConstraint('(suspended_at IS NULL) = (suspended_from IS NULL)', name=op.f('ck_task_suspended_from_somewhere')),
    sa.CheckConstraint('(sensitive_approved_at IS NULL) = (sensitive_approved_by IS NULL)', name=op.f('ck_task_sensitive_approved_by_somebody')),
    sa.CheckConstraint('taken_at IS NULL OR worker_id IS NOT NULL', name=op.f('ck_task_taken_by_somebody')),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_task_address_id')),
    sa.ForeignKeyConstraint(['addressee_id'], ['party.id'], name=op.f('fk_task_addressee_id')),
    sa.ForeignKeyConstraint(['case_id'], ['enforcement_case.id'], name=op.f('fk_task_case_id')),
    sa.ForeignKeyConstraint(['cell_id'], ['unit.id'], name=op.f('fk_task_cell_id')),
    sa.ForeignKeyConstraint(['court_id'], ['unit.id'], name=op.f('fk_task_court_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_task_officer_id')),
    sa.ForeignKeyConstraint(['previous_task_id'], ['task.id'], name=op.f('fk_task_previous_task_id')),
    sa.ForeignKeyConstraint(['street_id'], ['unit.id'], name=op.f('fk_task_street_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_task_unit_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['person.id'], name=op.f('fk_task_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('court_id', 'no', name=op.f('uq_task_court_id_no'))
    )
    op.create_index(op.f('ix_task_addressee_id'), 'task', ['addressee_id'], unique=False)
    op.create_index(op.f('ix_task_batch_id'), 'task', ['batch_id'], unique=False)
    op.create_index(op.f('ix_task_case_id'), 'task', ['case_id'], unique=False)
    op.create_index(op.f('ix_task_cell_id'), 'task', ['cell_id'], unique=False)
    op.create_index('ix_task_court_id_dispatched_at', 'task', ['court_id', 'dispatched_at', 'id', 'kind'], unique=False)
    op.create_index('ix_task_court_id_due_at', 'task', ['court_id', 'due_at', 'id'], unique=False)
    op.create_index('ix_task_court_id_case_no', 'task', ['court_id', 'case_no', 'id'], unique=False)
    op.create_index('ix_task_court_id_reported_at', 'task', ['court_id', 'reported_at', 'id'], unique=False)
    op.create_index('ix_task_officer_id_due_at', 'task', ['officer_id', 'due_at', 'id'], unique=False)
    op.create_index('ix_task_street_id_due_at', 'task', ['street_id', 'due_at', 'id'], unique=False)
    op.create_index('ix_task_court_id_state_due_at', 'task', ['court_id', 'state', 'due_at', 'id'], unique=False)
    op.create_index('ix_task_officer_id_state', 'task', ['officer_id', 'state'], unique=False)
    op.create_index(op.f('ix_task_remind_at'), 'task', ['remind_at'], unique=False)
    op.create_index('ix_task_unit_path', 'task', ['unit_path'], unique=False)
    op.create_index('ix_task_worker_id_state', 'task', ['worker_id', 'state'], unique=False)
    op.create_table('document_line',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('type', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('no', sa.String(length=80), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('handed', sa.Boolean(), nullable=True),
    sa.Column('not_handed_reason', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_document_line_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_line')),
    sa.UniqueConstraint('task_id', 'position', name=op.f('uq_document_line_task_id_position'))
    )
    op.create_index(op.f('ix_document_line_task_id'), 'document_line', ['task_id'], unique=False)
    op.create_table('packet',
    sa.Column('cti', sa.String(length=20), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('kid', sa.String(length=12), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('issued_at', INSTANT, nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.Column('revoked_at', INSTANT, nullable=True),
    sa.Column('used_at', INSTANT, nullable=True),
    sa.Column('used_by_visit', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_packet_task_id')),
    sa.PrimaryKeyConstraint('cti', name=op.f('pk_packet'))
    )
    op.create_index(op.f('ix_packet_task_id'), 'packet', ['task_id'], unique=False)
    op.create_table('slip',
    sa.Column('cti', sa.String(length=20), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('worker_id', sa.String(length=36), nullable=False),
    sa.Column('kid', sa.String(length=12), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('issued_at', INSTANT, nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.Column('revoked_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_slip_task_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['person.id'], name=op.f('fk_slip_worker_id')),
    sa.PrimaryKeyConstraint('cti', name=op.f('pk_slip'))
    )
    op.create_index(op.f('ix_slip_task_id'), 'slip', ['task_id'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('worker_id', sa.String(length=36), nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=True),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=False),
    sa.Column('contact', sa.String(length=12), nullable=False),
    sa.Column('supplementary', sa.Boolean(), nullable=False),
    sa.Column('supplementary_reason', sa.String(length=32), nullable=False),
    sa.Column('decision', sa.String(length=16), nullable=False),
    sa.Column('decided_at', INSTANT, nullable=True),
    sa.Column('signer_masked', sa.String(length=80), nullable=False),
    sa.Column('signer_relation', sa.String(length=32), nullable=False),
    sa.Column('body_sealed', sa.String(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('lng', sa.Double(), nullable=True),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('accuracy_m', sa.Double(), nullable=True),
    sa.Column('flags', JSON, nullable=False),
    sa.Column('started_at', INSTANT, nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('happened_at', INSTANT, nullable=False),
    sa.Column('received_at', INSTANT, nullable=False),
    sa.Column('mended_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_visit_task_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['person.id'], name=op.f('fk_visit_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('task_id', 'ordinal', name=op.f('uq_visit_task_id_ordinal'))
    )
    op.create_index('ix_visit_worker_id_received_at', 'visit', ['worker_id', 'received_at'], unique=False)
    op.create_index('ix_visit_late', 'visit', ['task_id'], unique=False, postgresql_where=LATE, sqlite_where=LATE)
    op.create_table('evidence',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('visit_id', sa.String(length=36), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('mime', sa.String(length=40), nullable=False),
    sa.Column('display_sha256', sa.String(length=64), nullable=True),
    sa.Column('display_size', sa.Integer(), nullable=True),
    sa.Column('grade', sa.String(length=1), nullable=False),
    sa.Column('grade_reason', sa.String(length=120), nullable=False),
    sa.Column('place', JSON, nullable=True),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('original_at', INSTANT, nullable=True),
    sa.Column('display_at', INSTANT, nullable=True),
    sa.Column('checks', JSON, nullable=True),
    sa.Column('checked_at', INSTANT, nullable=True),
    sa.Column('dhash', sa.String(length=16), nullable=True),
    sa.Column('stamped_sha256', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_evidence_task_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_evidence_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    op.create_index('ix_evidence_unchecked', 'evidence', ['original_at'], unique=False, sqlite_where=sa.text('checked_at IS NULL'), postgresql_where=sa.text('checked_at IS NULL'))
    op.create_index('ix_evidence_display_sha256', 'evidence', ['display_sha256'], unique=False)
    op.create_index('ix_evidence_sha256', 'evidence', ['sha256'], unique=False)
    op.create_index(op.f('ix_evidence_task_id'), 'evidence', ['task_id'], unique=False)
    op.create_index(op.f('ix_evidence_visit_id'), 'evidence', ['visit_id'], unique=False)
    op.create_table('receipt',
    sa.Column('cti', sa.String(length=20), nullable=False),
    sa.Column('short_code', sa.String(length=10), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('visit_id', sa.String(length=36), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kid', sa.String(length=12), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('manifest', JSON, nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.Column('method', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('confirmed_at', INSTANT, nullable=True),
    sa.Column('corrected_by', sa.String(length=20), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('annulled_at', INSTANT, nullable=True),
    sa.Column('annulled_by', sa.String(length=36), nullable=True),
    sa.Column('issued_at', INSTANT, nullable=False),
    sa.CheckConstraint('(annulled_at IS NULL) = (annulled_by IS NULL)', name=op.f('ck_receipt_annulled_by_somebody')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_receipt_task_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_receipt_visit_id')),
    sa.PrimaryKeyConstraint('cti', name=op.f('pk_receipt')),
    sa.UniqueConstraint('short_code', name=op.f('uq_receipt_short_code')),
    sa.UniqueConstraint('visit_id', 'seq', name=op.f('uq_receipt_visit_id_seq'))
    )
    op.create_index(op.f('ix_receipt_kid'), 'receipt', ['kid'], unique=False)
    op.create_index(op.f('ix_receipt_task_id'), 'receipt', ['task_id'], unique=False)
    op.create_table('review',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('visit_id', sa.String(length=36), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.Column('officer_id', sa.String(length=36), nullable=False),
    sa.Column('decision', sa.String(length=16), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('reason_code', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('comments', JSON, nullable=False),
    sa.Column('receipt_on', sa.Date(), nullable=True),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('facts_sealed', sa.String(), nullable=True),
    sa.Column('at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_review_officer_id')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_review_task_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_review_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    op.create_index(op.f('ix_review_task_id'), 'review', ['task_id'], unique=False)
    op.create_table('task_seen',
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=False),
    sa.Column('seen_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_task_seen_person_id')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_task_seen_task_id')),
    sa.PrimaryKeyConstraint('person_id', 'task_id', name=op.f('pk_task_seen'))
    )
    op.create_index(op.f('ix_task_seen_task_id'), 'task_seen', ['task_id'], unique=False)
    op.create_table('visit_revision',
    sa.Column('visit_id', sa.String(length=36), nullable=False),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('body_sealed', sa.String(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('received_at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_revision_visit_id')),
    sa.PrimaryKeyConstraint('visit_id', 'revision', name=op.f('pk_visit_revision'))
    )
    op.create_table('upload',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('evidence_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=8), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('length', sa.BigInteger(), nullable=False),
    sa.Column('created_at', INSTANT, nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.Column('finished_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_upload_evidence_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_upload_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload'))
    )
    op.create_index(op.f('ix_upload_evidence_id'), 'upload', ['evidence_id'], unique=False)
    op.create_index(op.f('ix_upload_expires_at'), 'upload', ['expires_at'], unique=False)
    op.create_index('ix_upload_person_id_created_at', 'upload', ['person_id', 'created_at'], unique=False)
    op.create_table('receipt_correction',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('cti', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('asked_by', sa.String(length=36), nullable=False),
    sa.Column('asked_at', INSTANT, nullable=False),
    sa.Column('decided_by', sa.String(length=36), nullable=True),
    sa.Column('decided_at', INSTANT, nullable=True),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_receipt_correction_decided_by_somebody')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> asked_by', name=op.f('ck_receipt_correction_two_people')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_receipt_correction_asked_by')),
    sa.ForeignKeyConstraint(['cti'], ['receipt.cti'], name=op.f('fk_receipt_correction_cti')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_receipt_correction_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt_correction'))
    )
    op.create_index(op.f('ix_receipt_correction_cti'), 'receipt_correction', ['cti'], unique=False)
    op.execute(sa.text("INSERT INTO ledger_head (id, size, frontier, feed_seq) VALUES (1, 0, :empty, 0)").bindparams(empty=b""))
    guard_ledger()


def downgrade() -> None:
    drop_ledger_guards()
    op.drop_index(op.f('ix_receipt_correction_cti'), table_name='receipt_correction')
    op.drop_table('receipt_correction')
    op.drop_index('ix_upload_person_id_created_at', table_name='upload')
    op.drop_index(op.f('ix_upload_expires_at'), table_name='upload')
    op.drop_index(op.f('ix_upload_evidence_id'), table_name='upload')
    op.drop_table('upload')
    op.drop_table('visit_revision')
    op.drop_index(op.f('ix_task_seen_task_id'), table_name='task_seen')
    op.drop_table('task_seen')
    op.drop_index(op.f('ix_review_task_id'), table_name='review')
    op.drop_table('review')
    op.drop_index(op.f('ix_receipt_task_id'), table_name='receipt')
    op.drop_index(op.f('ix_receipt_kid'), table_name='receipt')
    op.drop_table('receipt')
    op.drop_index(op.f('ix_evidence_visit_id'), table_name='evidence')
    op.drop_index(op.f('ix_evidence_task_id'), table_name='evidence')
    op.drop_index('ix_evidence_sha256', table_name='evidence')
    op.drop_index('ix_evidence_display_sha256', table_name='evidence')
    op.drop_index('ix_evidence_unchecked', table_name='evidence')
    op.drop_table('evidence')
    op.drop_index('ix_visit_late', table_name='visit')
    op.drop_index('ix_visit_worker_id_received_at', table_name='visit')
    op.drop_table('visit')
    op.drop_index(op.f('ix_slip_task_id'), table_name='slip')
    op.drop_table('slip')
    op.drop_index(op.f('ix_packet_task_id'), table_name='packet')
    op.drop_table('packet')
    op.drop_index(op.f('ix_document_line_task_id'), table_name='document_line')
    op.drop_table('document_line')
    op.drop_index('ix_task_worker_id_state', table_name='task')
    op.drop_index('ix_task_unit_path', table_name='task')
    op.drop_index(op.f('ix_task_remind_at'), table_name='task')
    op.drop_index('ix_task_officer_id_state', table_name='task')
    op.drop_index('ix_task_court_id_state_due_at', table_name='task')
    op.drop_index('ix_task_court_id_dispatched_at', table_name='task')
    op.drop_index(op.f('ix_task_cell_id'), table_name='task')
    op.drop_index(op.f('ix_task_case_id'), table_name='task')
    op.drop_index(op.f('ix_task_batch_id'), table_name='task')
    op.drop_index(op.f('ix_task_addressee_id'), table_name='task')
    op.drop_table('task')
    op.drop_table('kept_content')
    op.drop_index(op.f('ix_address_party_id'), table_name='address')
    op.drop_table('address')
    op.drop_index('ix_party_name_index', table_name='party')
    op.drop_index('ix_party_id_no_index', table_name='party')
    op.drop_index(op.f('ix_party_case_id'), table_name='party')
    op.drop_table('party')
    op.drop_table('mutation')
    op.drop_index(op.f('ix_import_key_batch_id'), table_name='import_key')
    op.drop_table('import_key')
    op.drop_index(op.f('ix_signed_session_person_id'), table_name='signed_session')
    op.drop_table('signed_session')
    op.drop_index(op.f('ix_message_task_id'), table_name='message')
    op.drop_index('ix_message_person_id_at', table_name='message')
    op.drop_index('ix_message_at', table_name='message')
    op.drop_table('message')
    op.drop_index('ix_job_state_created_at', table_name='job')
    op.drop_index(op.f('ix_job_person_id'), table_name='job')
    op.drop_table('job')
    op.drop_index('ix_import_batch_court_id_file_sha256', table_name='import_batch')
    op.drop_table('import_batch')
    op.drop_index('ix_case_officer_id', table_name='enforcement_case')
    op.drop_table('enforcement_case')
    op.drop_index(op.f('ix_device_person_id'), table_name='device')
    op.drop_table('device')
    op.drop_index(op.f('ix_person_unit_id'), table_name='person')
    op.drop_index(op.f('ix_person_role'), table_name='person')
    op.drop_index(op.f('ix_person_court_id'), table_name='person')
    op.drop_table('person')
    op.drop_table('court_setting')
    op.drop_index('ix_unit_path', table_name='unit')
    op.drop_index(op.f('ix_unit_parent_id'), table_name='unit')
    op.drop_index('ix_unit_court_kind_name', table_name='unit')
    op.drop_index(op.f('ix_unit_court_id'), table_name='unit')
    op.drop_table('unit')
    op.drop_table('ledger_node')
    op.drop_index('ix_ledger_leaf_task_id_idx', table_name='ledger_leaf')
    op.drop_index('ix_ledger_leaf_object_id_idx', table_name='ledger_leaf')
    op.drop_index('ix_ledger_leaf_action_idx', table_name='ledger_leaf')
    op.drop_table('ledger_leaf')
    op.drop_table('ledger_head')
    op.drop_table('ledger_checkpoint')
    op.drop_index('ix_feed_person_id_seq', table_name='feed')
    op.drop_table('feed')
    op.drop_table('counter')
