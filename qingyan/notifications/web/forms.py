"""Forms of notices: what a person wants, and a group robot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.notifications.actions.robots import NewRobot
from qingyan.notifications.contracts import Mode, Provider
from qingyan.notifications.models import MODES, PROVIDERS
from qingyan.notifications.rules.robots import LONGEST_SECRET, LONGEST_URL
from qingyan.notifications.rules.timing import Wishes

CLOCK = {"type": "time"}


class PreferenceForm(forms.Form):
    """When and how a person wants to be told beside the inbox."""

    email = forms.ChoiceField(
        label=_("邮件"),
        choices=MODES,
        widget=forms.RadioSelect,
        help_text=_("紧急的消息不等汇总，会立刻发出。"),
    )
    wecom = forms.BooleanField(label=_("有我的消息时，在企业微信群里提醒"), required=False)
    dingtalk = forms.BooleanField(label=_("有我的消息时，在钉钉群里提醒"), required=False)
    quiet_from = forms.TimeField(label=_("免打扰从几点开始"), required=False, widget=forms.TimeInput(attrs=CLOCK))
    quiet_until = forms.TimeField(
        label=_("到几点结束"),
        required=False,
        widget=forms.TimeInput(attrs=CLOCK),
        help_text=_("两项都留空，就没有免打扰。紧急的消息不受免打扰影响。"),
    )
    digest_at = forms.TimeField(label=_("每天几点发汇总"), widget=forms.TimeInput(attrs=CLOCK))

    @classmethod
    def of(cls, wishes: Wishes) -> dict[str, Any]:
        """The values to begin with."""
        clocks = {name: getattr(wishes, name) for name in ("quiet_from", "quiet_until", "digest_at")}
        shown = {name: value.strftime("%H:%M") if value else "" for name, value in clocks.items()}
        return {"email": wishes.email.value, "wecom": wishes.wecom, "dingtalk": wishes.dingtalk, **shown}

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet hours, or none."""
        given = super().clean() or {}
        if not self.errors and (given.get("quiet_from") is None) is not (given.get("quiet_until") is None):
            raise forms.ValidationError(_("免打扰的开始和结束要一起填，或者都留空。"))
        return given

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        given = self.cleaned_data
        return Wishes(**{**given, "email": Mode(given["email"])})


class RobotForm(forms.Form):
    """One group robot. Address and secret are not shown again."""

    provider = forms.ChoiceField(label=_("平台"), choices=PROVIDERS)
    title = forms.CharField(label=_("群的名称"), max_length=40, help_text=_("只给自己人看，用来分清是哪个群。"))
    url = forms.CharField(
        label=_("机器人地址（Webhook）"),
        max_length=LONGEST_URL,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("从群设置里复制整个地址。保存后加密，不再显示。机器人要设关键词的，请填“青檐”。"),
    )
    secret = forms.CharField(
        label=_("加签密钥"),
        max_length=LONGEST_SECRET,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("钉钉机器人选了“加签”时填写，以 SEC 开头。"),
    )

    @property
    def new(self) -> NewRobot:
        """What was typed."""
        given = self.cleaned_data
        return NewRobot(Provider(given["provider"]), given["title"], given["url"].strip(), given["secret"].strip())
